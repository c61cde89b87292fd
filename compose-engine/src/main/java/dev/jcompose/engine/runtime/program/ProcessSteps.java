package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.Particulars;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of a program that turns it into the process that was asked for. */
final class ProcessSteps {
  /** Where programs are looked up when the environment has no PATH. */
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Docker's code for what is not the container's fault. */
  private static final int ENGINE_GONE = 125;

  private static final int PR_SET_DUMPABLE = 4;
  private static final int PR_SET_KEEPCAPS = 8;
  static final int PR_SET_NAME = 15;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int PR_CAP_AMBIENT_RAISE = 2;
  private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int CAPABILITY_VERSION_3 = 0x20080522;
  private static final int SIG_SETMASK = 2;
  private static final long TIOCSPGRP = 0x5410;
  private static final int F_SETFD = 2;
  private static final int FD_CLOEXEC = 1;
  private static final long LAST_DESCRIPTOR = 0xffffffffL;

  /** Where the ends of a handover are kept. */
  private static final int GATE = Steps.FIXED + 1;

  private static final int REPORT = GATE + 1;

  private final LaunchProgram.Builder program;
  private final Steps steps;

  ProcessSteps(Steps steps) {
    this.steps = steps;
    this.program = steps.program;
  }

  /**
   * What every program does first: it lets go of all descriptors of the engine but its own, and
   * hides its memory.
   *
   * @param descriptors how many it was given, from {@link LaunchProgram#STATUS} on
   */
  void begin(int descriptors) {
    int end = LaunchProgram.STATUS + descriptors;
    program
        .call(Syscall.CLOSE_RANGE, arg(end), arg(LAST_DESCRIPTOR), arg(0))
        .about("close the engine's descriptors");
    for (int descriptor = LaunchProgram.STATUS; descriptor < end; descriptor++) {
      program.call(Syscall.FCNTL, arg(descriptor), arg(F_SETFD), arg(FD_CLOEXEC));
    }
    program.call(Syscall.PRCTL, arg(PR_SET_DUMPABLE), arg(0)).about("hide the program's memory");
    program.call(Syscall.PRCTL, arg(PR_SET_NAME), arg("jcompose")).about("name the process");
  }

  /** Waits for the engine; when the engine is gone instead, the program ends. */
  void gate(String about) {
    String open = program.fresh("gate");
    program
        .call(
            Syscall.READ,
            arg(LaunchProgram.STATUS),
            new Argument.Block("gate", List.of(new Argument.Part.Bytes(new byte[8]))),
            arg(1))
        .about(about)
        .ifPositive(open);
    program.call(Syscall.EXIT_GROUP, arg(ENGINE_GONE));
    program.label(open);
  }

  void limits(List<Rlimit> limits) {
    for (Rlimit limit : limits) {
      String name = limit.resource().name();
      program
          .call(
              Syscall.PRLIMIT64,
              arg(0),
              arg(limit.resource().number()),
              Argument.longs(
                  "{" + limit.soft() + ", " + limit.hard() + "}", limit.soft(), limit.hard()),
              arg(0))
          .about("set the limit " + name);
    }
  }

  /** Drops every descriptor but the standard ones and the status socket. */
  void closeOthers() {
    program
        .call(Syscall.CLOSE_RANGE, arg(LaunchProgram.STATUS + 1), arg(LAST_DESCRIPTOR), arg(0))
        .about("close all descriptors");
  }

  /** Opens the two ends of a handover, while the host's paths can be seen. */
  void openHandover(Particulars.Handover handover) {
    hold(handover.gate(), GATE);
    hold(handover.report(), REPORT);
  }

  private void hold(Path fifo, int number) {
    String save = program.fresh("handover");
    program
        .call(
            Syscall.OPENAT,
            Constant.AT_FDCWD.argument(),
            arg(fifo.toString()),
            Flags.READ_WRITE.argument())
        .about("open " + fifo)
        .save(save);
    program.call(Syscall.DUP3, saved(save), arg(number), Flags.CLOEXEC.argument());
  }

  /** As {@link #closeOthers}, before a {@link #handOver}. */
  void closeAllButHandover() {
    program
        .call(Syscall.CLOSE_RANGE, arg(LaunchProgram.STATUS + 1), arg(GATE - 1), arg(0))
        .about("close all descriptors");
    program
        .call(Syscall.CLOSE_RANGE, arg(REPORT + 1), arg(LAST_DESCRIPTOR), arg(0))
        .about("close all descriptors");
  }

  /** Goes on telling, and waiting for, whoever holds the two named pipes. */
  void handOver() {
    program
        .call(Syscall.DUP3, arg(REPORT), arg(LaunchProgram.STATUS), Flags.CLOEXEC.argument())
        .about("report to who starts it");
    program.call(Syscall.CLOSE_RANGE, arg(REPORT), arg(REPORT), arg(0));
    program
        .call(
            Syscall.READ,
            arg(GATE),
            new Argument.Block("gate", List.of(new Argument.Part.Bytes(new byte[8]))),
            arg(1))
        .about("wait for start")
        .atLeast(1);
  }

  /** Asks the kernel to confine what the next execve runs. */
  void apparmor(String profile) {
    steps.writeFile(
        "/proc/thread-self/attr/apparmor/exec",
        "exec " + profile,
        "take the AppArmor profile " + profile);
  }

  /**
   * Changes into the working directory. It is opened without following magic links, so that no
   * descriptor of anybody can be used as a way out.
   */
  void workingDirectory(String path) {
    Constant flags = steps.directoryPath();
    program
        .call(
            Syscall.OPENAT2,
            Constant.AT_FDCWD.argument(),
            arg(path),
            Argument.longs(
                "{" + flags.name() + ", RESOLVE_NO_MAGICLINKS}",
                flags.value(),
                0,
                Abi.RESOLVE_NO_MAGICLINKS),
            arg(24))
        .about("change to the working directory " + path)
        .save("cwd");
    program.call(Syscall.FCHDIR, saved("cwd")).about("change to the working directory " + path);
  }

  /**
   * Takes on the identity. A filter must be installed while the process may still do so: before the
   * capabilities go, unless no_new_privs is set, when it comes last.
   *
   * @param lastCapability highest capability the kernel knows
   */
  void become(ProcessSpec process, byte @Nullable [] filter, int lastCapability) {
    if (filter != null && !process.noNewPrivileges()) {
      filter(filter);
    }
    Identity identity = process.identity();
    long bounding = process.capabilities().bounding();
    long permitted = process.capabilities().permitted() & bounding;
    long effective = process.capabilities().effective() & permitted;
    long inheritable = process.capabilities().inheritable() & bounding;
    long ambient = process.capabilities().ambient() & permitted & inheritable;
    for (int capability = 0; capability <= lastCapability; capability++) {
      if (((bounding >>> capability) & 1) == 0) {
        program
            .call(Syscall.PRCTL, arg(PR_CAPBSET_DROP), arg(capability))
            .about("drop capability " + capability);
      }
    }
    boolean keep = identity.uid() != 0 && permitted != 0;
    if (keep) {
      program.call(Syscall.PRCTL, arg(PR_SET_KEEPCAPS), arg(1)).about("keep capabilities");
    }
    ByteBuffer groups =
        ByteBuffer.allocate(Math.max(1, identity.groups().size()) * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    identity.groups().forEach(groups::putInt);
    program
        .call(
            Syscall.SETGROUPS,
            arg(identity.groups().size()),
            new Argument.Block(
                identity.groups().toString(), List.of(new Argument.Part.Bytes(groups.array()))))
        .about("set the groups");
    program.call(Syscall.SETGID, arg(identity.gid())).about("become group " + identity.gid());
    program.call(Syscall.SETUID, arg(identity.uid())).about("become user " + identity.uid());
    capabilities(permitted, effective, inheritable);
    ambient(ambient);
    if (process.noNewPrivileges()) {
      program.call(Syscall.PRCTL, arg(PR_SET_NO_NEW_PRIVS), arg(1)).about("set no_new_privs");
      if (filter != null) {
        filter(filter);
      }
    }
    program.call(Syscall.UMASK, Argument.mode(process.umask()));
  }

  private void capabilities(long permitted, long effective, long inheritable) {
    ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(CAPABILITY_VERSION_3).putInt(0);
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (int half = 0; half < 2; half++) {
      data.putInt((int) (effective >>> (32 * half)));
      data.putInt((int) (permitted >>> (32 * half)));
      data.putInt((int) (inheritable >>> (32 * half)));
    }
    program
        .call(
            Syscall.CAPSET,
            new Argument.Block("{v3}", List.of(new Argument.Part.Bytes(header.array()))),
            new Argument.Block(
                "{0x" + Long.toHexString(effective) + "}",
                List.of(new Argument.Part.Bytes(data.array()))))
        .about("set the capabilities");
  }

  private void ambient(long ambient) {
    program
        .call(Syscall.PRCTL, arg(PR_CAP_AMBIENT), arg(PR_CAP_AMBIENT_CLEAR_ALL))
        .about("clear ambient capabilities")
        .tolerating(Errno.EINVAL);
    for (int capability = 0; capability < Long.SIZE; capability++) {
      if (((ambient >>> capability) & 1) != 0) {
        program
            .call(Syscall.PRCTL, arg(PR_CAP_AMBIENT), arg(PR_CAP_AMBIENT_RAISE), arg(capability))
            .about("raise ambient capability " + capability);
      }
    }
  }

  private void filter(byte[] filter) {
    int length = filter.length / 8;
    Argument code = new Argument.Block("filter", List.of(new Argument.Part.Bytes(filter)));
    program
        .call(
            Syscall.SECCOMP,
            arg(SECCOMP_SET_MODE_FILTER),
            arg(0),
            new Argument.Block(
                "{" + length + " instructions}",
                List.of(
                    new Argument.Part.Bytes(
                        new byte[] {(byte) length, (byte) (length >> 8), 0, 0, 0, 0, 0, 0}),
                    new Argument.Part.Value(code))))
        .about("install the seccomp filter");
  }

  /**
   * Makes a child that goes on, while this process stays as process 1. Signals are blocked before,
   * so that none is lost; the child takes the terminal, so that keys reach it alone.
   */
  void splitFromReaper(boolean terminal) {
    blockSignals();
    program
        .call(Syscall.CLONE, Flags.CHILD.argument(), arg(0), arg(0), arg(0), arg(0))
        .about("start the program below process 1")
        .save("program")
        .ifPositive("reaper");
    program.call(Syscall.SETPGID, arg(0), arg(0)).about("make a process group");
    if (terminal) {
      Argument group =
          new Argument.Block("{own group}", List.of(new Argument.Part.Cell("own group")));
      program.call(Syscall.GETPID).save("own group");
      program.call(Syscall.IOCTL, arg(0), arg(TIOCSPGRP), group).about("take the terminal");
    }
    unblockSignals();
  }

  void blockSignals() {
    signals("block signals", -1);
  }

  void unblockSignals() {
    signals("unblock signals", 0);
  }

  private void signals(String about, long set) {
    program
        .call(
            Syscall.RT_SIGPROCMASK,
            arg(SIG_SETMASK),
            Argument.longs(set == 0 ? "{none}" : "{all}", set),
            arg(0),
            arg(Long.BYTES))
        .about(about);
  }

  /** What process 1 does after {@link #splitFromReaper}. */
  void reap() {
    program.label("reaper");
    // The engine learns that the program runs when nobody has the status socket open any more.
    program
        .call(Syscall.CLOSE_RANGE, arg(LaunchProgram.STATUS), arg(LAST_DESCRIPTOR), arg(0))
        .about("let go of the engine");
    program.call(Syscall.REAP, saved("program"));
  }

  /** Runs the first candidate that can be run. Reports say which failed and why. */
  void execute(ProcessSpec process, List<String> candidates) {
    Argument arguments = new Argument.Texts(process.arguments());
    Argument environment = new Argument.Texts(process.environment());
    for (String candidate : candidates) {
      program
          .call(Syscall.EXECVE, arg(candidate), arguments, environment)
          .about(candidate)
          .tolerating(Errno.ENOENT, Errno.ENOTDIR, Errno.EACCES)
          .reported();
    }
    program.call(Syscall.EXIT_GROUP, arg(127));
  }

  /** Where a program is looked for: along PATH, unless it is a path itself. */
  static List<String> candidates(String name, List<String> environment) {
    if (name.contains("/")) {
      return List.of(name);
    }
    String path =
        environment.stream()
            .filter(entry -> entry.startsWith("PATH="))
            .map(entry -> entry.substring("PATH=".length()))
            .reduce((first, second) -> second)
            .orElse(DEFAULT_PATH);
    List<String> candidates = new ArrayList<>();
    for (String directory : Arrays.asList(path.split(":", -1))) {
      candidates.add((directory.isEmpty() ? "." : directory) + "/" + name);
    }
    return candidates;
  }
}
