package dev.jcompose.engine.runtime;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The first process of a container. */
public interface Launched {
  /** Id of the container. */
  String id();

  /** Process id on the host. */
  int pid();

  /** Field 22 of /proc/PID/stat, in clock ticks since boot: tells a reused pid from ours. */
  long startTime();

  /** Its network namespace, valid while it lives. */
  default Path networkNamespace() {
    return Path.of("/proc", Integer.toString(pid()), "ns", "net");
  }

  /** The engine's end of its terminal, if it has one. The caller closes it. */
  OptionalInt terminal();

  /**
   * Calls the listener once with how it ended; at once if it has ended already. It runs on the
   * event thread and must not block.
   */
  void onExit(Consumer<ExitStatus> listener);
}
