package dev.jcompose.engine.container.stream;

import java.nio.ByteBuffer;

/**
 * Bytes a container wrote, as they came.
 *
 * @param stream with a terminal always {@link StreamKind#STDOUT}
 * @param bytes not copied; every accessor call gives a fresh read-only view
 */
public record OutputChunk(StreamKind stream, ByteBuffer bytes) {
  @Override
  public ByteBuffer bytes() {
    return bytes.asReadOnlyBuffer();
  }
}
