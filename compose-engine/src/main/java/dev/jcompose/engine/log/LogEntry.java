package dev.jcompose.engine.log;

import dev.jcompose.engine.container.stream.StreamKind;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/**
 * One stored piece of output: a line, or a part of a long one.
 *
 * @param text UTF-8; ends with a newline unless the line goes on in the next entry of the same
 *     stream. Every accessor call gives a fresh read-only view
 * @param attributes what the log options add to every entry
 */
public record LogEntry(
    StreamKind stream, Instant time, ByteBuffer text, Map<String, String> attributes) {
  @Override
  public ByteBuffer text() {
    return text.asReadOnlyBuffer();
  }
}
