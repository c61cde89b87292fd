package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Launched;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * The first process of a container that another runtime made.
 *
 * @param process as the engine's own runtime watches it
 * @param bundle the directory made for that runtime, its state included
 */
record OtherContainer(Launched process, OptionalInt terminal, Path runtime, Path bundle)
    implements Launched {
  @Override
  public String id() {
    return process.id();
  }

  @Override
  public int pid() {
    return process.pid();
  }

  @Override
  public long startTime() {
    return process.startTime();
  }

  @Override
  public void onExit(Consumer<ExitStatus> listener) {
    process.onExit(listener);
  }
}
