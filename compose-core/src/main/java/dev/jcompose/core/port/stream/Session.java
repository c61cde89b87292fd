package dev.jcompose.core.port.stream;

import java.nio.ByteBuffer;

/** A conversation with a process: its output comes, our input goes. */
public interface Session extends OutputReader {
  /** Sends input; blocks until it is sent. */
  void write(ByteBuffer input);

  /**
   * Ends our input; the process sees end of file unless it is one whose input others may take up
   * again, and its output goes on.
   */
  void closeInput();

  /** Whether the process has a terminal; then its output and errors are one. */
  boolean tty();

  /** Tells the process's terminal its new size; does nothing without a terminal. */
  void resize(int rows, int columns);
}
