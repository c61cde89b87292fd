package dev.jcompose.engine.container.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection to the streams of a process. Reading and writing may happen on different
 * threads; {@link #close} leaves and wakes a blocked {@link #read}.
 */
public interface Attachment extends AutoCloseable {
  /** Whether output is a terminal's: one raw stream, no frames. */
  boolean terminal();

  /**
   * The next output.
   *
   * @return null when there will be no more: the process ended and everything was read, or {@link
   *     #close} was called
   */
  @Nullable OutputChunk read() throws InterruptedException;

  /**
   * Sends input to the process; blocks while it does not read. Without standard input the bytes are
   * dropped.
   *
   * @throws IOException when the process has ended
   */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** The client has no more input. Whether the process sees an end depends on stdinOnce. */
  void closeInput();

  /** The client typed its detach keys: it leaves, which is told as an event. */
  void detach();

  /** Leaves. The process goes on. */
  @Override
  void close();
}
