package dev.jcompose.engine.runtime;

import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.cgroup.Limits;
import java.nio.file.Path;
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
   * @param exitRecord as of {@link LaunchSpec}
   * @param terminal whether it has a terminal, whose end its keeper holds
   * @throws LaunchException if no such process lives
   */
  Launched adopt(
      String id, int pid, long startTime, CgroupSpec cgroup, Path exitRecord, boolean terminal)
      throws LaunchException;

  /**
   * How a container ended that no engine watched. It is not known when its keeper was killed too.
   */
  ExitStatus lastExit(CgroupSpec cgroup, Path exitRecord);

  /**
   * All that an ended container wrote has been read: its keeper need not hold it any longer.
   * Nothing happens when that is gone.
   */
  void outputRead(Path exitRecord);

  /**
   * Nobody will write to the standard input of a container any more: its keeper shall not hold it
   * open. Nothing happens when it has none, or has ended.
   */
  void endInput(Launched launched);

  /**
   * Tells whenever a container runs out of memory, also when that ends only a child of its first
   * process, until it has ended.
   *
   * @param told must not block
   */
  void watchOom(Launched launched, Runnable told);

  /** Sends a signal to the first process; nothing happens when it has ended. */
  void signal(Launched launched, int signal);

  /** Freezes every process of the container, and returns when all are. */
  void pause(Launched launched) throws LaunchException;

  /** Whether the container is frozen, by whomever. */
  boolean paused(Launched launched);

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
