package dev.jcompose.core.port.stream;

import java.nio.ByteBuffer;

/** A conversation with a process: its output comes, our input goes. */
public interface Session extends OutputReader {
  /** Sends input; blocks until it is sent. */
  void write(ByteBuffer input);

  /** Ends our input; the process sees end of file, its output goes on. */
  void closeInput();

  /** Tells the process's terminal its new size; does nothing without a terminal. */
  void resize(int rows, int columns);
}
