package dev.jcompose.core.port.stream;

import java.nio.ByteBuffer;

/**
 * A piece of output.
 *
 * @param bytes what was written, not necessarily whole lines; the reader may consume it
 */
public record Output(Source source, ByteBuffer bytes) {}
