package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** A process started in a running container. */
record ExecutedProcess(
    WatchedProcess process,
    OptionalInt stdin,
    OptionalInt stdout,
    OptionalInt stderr,
    OptionalInt terminal)
    implements Execution {

  @Override
  public int pid() {
    return process.pid();
  }

  @Override
  public void onExit(Consumer<ExitStatus> listener) {
    process.onExit(listener);
  }

  @Override
  public void signal(int signal) {
    process.signal(signal);
  }
}
