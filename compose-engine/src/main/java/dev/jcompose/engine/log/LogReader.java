package dev.jcompose.engine.log;

import org.jspecify.annotations.Nullable;

/**
 * A position in a log. {@link #close} may be called from another thread and ends a blocked read.
 */
public interface LogReader extends AutoCloseable {
  /**
   * The next entry; when following, blocks until there is one.
   *
   * @return null at the end
   */
  @Nullable LogEntry next() throws InterruptedException;

  @Override
  void close();
}
