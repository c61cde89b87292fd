package dev.jcompose.engine.runtime;

import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.cgroup.Limits;
import java.util.List;

/** Runs containers. All methods may be called from any thread, virtual ones too. */
public interface ContainerRuntime {

  /**
   * Makes the first process of a container, with its namespaces, mounts and control group. It waits
   * at a gate: nothing of the image has run. If the engine dies now, the process ends by itself.
   */
  Launched create(LaunchSpec spec) throws LaunchException;

  /**
   * Opens the gate and returns when the program of the container runs. If it cannot be run, the
   * process has ended and its control group is gone when the exception comes.
   */
  void start(Launched launched) throws LaunchException;

  /** Starts a process in a running container and returns when its program runs. */
  Execution exec(ExecSpec spec, Launched into) throws LaunchException;

  /**
   * Takes charge of a container started by an earlier engine.
   *
   * @throws LaunchException if no such process lives
   */
  Launched adopt(String id, int pid, long startTime, CgroupSpec cgroup) throws LaunchException;

  /** Sends a signal to the first process; nothing happens when it has ended. */
  void signal(Launched launched, int signal);

  /** Freezes every process of the container, and returns when all are. */
  void pause(Launched launched) throws LaunchException;

  /** Lets a frozen container go on. */
  void resume(Launched launched) throws LaunchException;

  /** Changes limits in place; what is null in {@code limits} stays as it is. */
  void update(Launched launched, Limits limits) throws LaunchException;

  /** Counters of what the container has used. */
  CgroupStats stats(Launched launched);

  /** Host process ids of everything in the container. */
  List<Integer> processes(Launched launched);

  /**
   * Kills what is left of a container and removes its control group. Call it after the exit, or to
   * give up a created container. Does nothing the second time.
   */
  void discard(Launched launched);
}
