package dev.jcompose.core.port.stream;

import org.jspecify.annotations.Nullable;

/** Output as it comes. Close it from any thread to end a blocked {@link #next}. */
public interface OutputReader extends AutoCloseable {
  /** The next piece, or null at the end. Blocks. */
  @Nullable Output next();

  @Override
  void close();
}
