package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.cgroup.Cgroup;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Launched;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A container's first process.
 *
 * @param waiting the program at its gate, and the name of what it will run; null when adopted
 */
record ContainerProcess(
    String id,
    long startTime,
    WatchedProcess process,
    Cgroup cgroup,
    OptionalInt terminal,
    @Nullable Waiting waiting)
    implements Launched {

  /**
   * A program at its gate.
   *
   * @param name what it will run
   */
  record Waiting(ProgramRun run, String name) {}

  @Override
  public int pid() {
    return process.pid();
  }

  @Override
  public void onExit(Consumer<ExitStatus> listener) {
    process.onExit(listener);
  }
}
