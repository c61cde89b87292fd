package dev.jcompose.core.port.stream;

/** The end of a run that has not begun yet. Close it from any thread to give it up. */
public interface NextExit extends AutoCloseable {
  /** Waits for it and returns the exit code. */
  int await();

  @Override
  void close();
}
