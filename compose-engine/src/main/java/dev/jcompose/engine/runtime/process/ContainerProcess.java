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
   * A program at its gate. It is large, and forgotten when it goes on: containers run for months.
   */
  static final class Waiting {
    private final String name;
    private @Nullable ProgramRun run;

    Waiting(ProgramRun run, String name) {
      this.run = run;
      this.name = name;
    }

    /** What it will run. */
    String name() {
      return name;
    }

    /** The program, the first time. */
    synchronized @Nullable ProgramRun take() {
      ProgramRun taken = run;
      run = null;
      return taken;
    }
  }

  @Override
  public int pid() {
    return process.pid();
  }

  @Override
  public void onExit(Consumer<ExitStatus> listener) {
    process.onExit(listener);
  }
}
