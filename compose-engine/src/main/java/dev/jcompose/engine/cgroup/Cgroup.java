package dev.jcompose.engine.cgroup;

import java.util.List;

/** The control group of one container, in whatever layout the host has. */
public interface Cgroup {
  /** Moves a process into it, in every hierarchy. */
  void join(int pid);

  /** Applies limits; what is null stays as it is. */
  void apply(Limits limits);

  /** Writes one file, of the controller that its name begins with. */
  void set(String file, String value);

  /** Processes in it and below it. */
  List<Integer> processes();

  /** Stops every process and returns when all stand still. */
  void freeze();

  /** Whether its processes have been stopped. */
  boolean frozen();

  /** Lets the processes go on. */
  void thaw();

  /** Ends every process in it, and returns when none is left or after two seconds. */
  void kill();

  /** How often the kernel killed a process in it for lack of memory. */
  long oomKills();

  /** Counters. */
  CgroupStats stats();

  /** Removes it. Processes that are just ending are waited for, up to two seconds. */
  void remove();
}
