package dev.jcompose.engine.runtime;

import java.util.OptionalInt;
import java.util.function.Consumer;

/** A process started in a running container. The caller closes the descriptors it has. */
public interface Execution {
  /** Process id on the host. */
  int pid();

  /** Write end of its standard input. */
  OptionalInt stdin();

  /** Non-blocking read end of its standard output. */
  OptionalInt stdout();

  /** Non-blocking read end of its standard error. */
  OptionalInt stderr();

  /** The engine's end of its terminal; the other three are absent then. */
  OptionalInt terminal();

  /** Calls the listener once with how it ended, on the event thread. */
  void onExit(Consumer<ExitStatus> listener);

  /** Sends it a signal; nothing happens when it has ended. */
  void signal(int signal);
}
