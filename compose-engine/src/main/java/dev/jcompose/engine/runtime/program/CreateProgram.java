package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Particulars;
import dev.jcompose.engine.runtime.Stdio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compiles the launch of a container's first process. */
public final class CreateProgram {
  private static final int KEYCTL_JOIN_SESSION_KEYRING = 1;
  private static final long SIOCSIFFLAGS = 0x8914;
  private static final short IFF_UP_RUNNING = 0x41;

  private final LaunchSpec spec;
  private final HostFacts host;
  private final byte @Nullable [] filter;
  private final LaunchProgram.Builder program = LaunchProgram.builder();
  private final Steps steps;
  private final MountSteps mounts;
  private final ProcessSteps process;
  private final StdioSteps stdio;
  private final @Nullable KeeperSteps keeper;

  private CreateProgram(LaunchSpec spec, HostFacts host, byte @Nullable [] filter) {
    this.spec = spec;
    this.host = host;
    this.filter = filter;
    this.steps = new Steps(program, host.architecture());
    this.mounts =
        new MountSteps(
            steps,
            host.hierarchies(),
            !(spec.namespaces().cgroup() instanceof Namespaces.Namespace.Host),
            spec.cgroup().path());
    this.process = new ProcessSteps(steps);
    this.stdio = new StdioSteps(steps, spec.process().identity());
    this.keeper =
        spec.exitRecord() == null
            ? null
            : new KeeperSteps(program, spec.exitRecord(), spec.stdio());
  }

  /**
   * The program, which is given its status socket only.
   *
   * @param filter classic BPF instructions, null for none
   * @throws IllegalArgumentException in a sentence, when the specification contradicts itself
   */
  public static LaunchProgram compile(LaunchSpec spec, HostFacts host, byte @Nullable [] filter) {
    return new CreateProgram(spec, host, filter).program();
  }

  private LaunchProgram program() {
    process.begin(1);
    apparmor();
    timeOffsets();
    makeProcess();
    // From here on it is the container's first process.
    joinNamespaces();
    program
        .call(Syscall.KEYCTL, arg(KEYCTL_JOIN_SESSION_KEYRING), arg("jcompose-" + spec.id()))
        .about("make a session keyring")
        .tolerating(Errno.ENOSYS, Errno.EPERM);
    program.call(Syscall.UMASK, arg(0));
    mounts.openSources(spec.mounts());
    Particulars.Handover handover = spec.particulars().handover();
    if (handover != null) {
      process.openHandover(handover);
    }
    if (spec.stdio() instanceof Stdio.Fifos fifos) {
      stdio.openFifos(fifos);
    }
    propagate();
    RootSteps root = new RootSteps(steps);
    mounts.openLayers(spec.mounts(), root);
    root.mount(spec.root());
    if (spec.namespaces().network() instanceof Namespaces.Namespace.Own) {
      loopback();
    }
    sysctls();
    spec.mounts().forEach(mounts::mount);
    if (spec.stdio() instanceof Stdio.Terminal terminal) {
      stdio.makeTerminal(
          terminal,
          steps.openInRoot("root", "/dev/pts/ptmx", Flags.READ_WRITE, "terminal"),
          keeper != null);
      if (mounts.hasDev()) {
        stdio.console();
      }
    }
    spec.devices().forEach(mounts::device);
    mounts.finishDev();
    steps.makeDirectories("root", Steps.names(spec.process().workingDirectory()));
    spec.maskedPaths().forEach(mounts::mask);
    spec.readOnlyPaths().forEach(mounts::protect);
    if (spec.root().readOnly()) {
      steps
          .setAttributes("root", new Constant("MOUNT_ATTR_RDONLY", Abi.MOUNT_ATTR_RDONLY), false)
          .about("make the root read-only");
    }
    if (handover != null) {
      program.call(Syscall.GETPID).about(MOUNTED).reported();
      process.gate("wait for the hooks");
    }
    enterRoot();
    names();
    program.call(Syscall.SETSID).about("start a session");
    standardStreams();
    if (handover == null) {
      process.closeOthers();
    } else {
      process.closeAllButHandover();
    }
    Long personality = spec.particulars().personality();
    if (personality != null) {
      program.call(Syscall.PERSONALITY, arg(personality)).about("set the personality");
    }
    Integer ioPriority = spec.particulars().ioPriority();
    if (ioPriority != null) {
      program
          .call(Syscall.IOPRIO_SET, arg(1), arg(0), arg(ioPriority))
          .about("set the priority of its input and output");
    }
    // Not before: a low limit of open files would stop the program itself.
    process.limits(spec.process().limits());
    process.workingDirectory(spec.process().workingDirectory());
    program.call(Syscall.GETPID).about(READY).reported();
    if (handover == null) {
      process.gate("wait for start");
    } else {
      process.handOver();
    }
    process.become(spec.process(), filter, host.lastCapability());
    if (spec.process().reaper()) {
      process.splitFromReaper(spec.stdio() instanceof Stdio.Terminal);
    }
    process.execute(
        spec.process(),
        ProcessSteps.candidates(
            spec.process().arguments().getFirst(), spec.process().environment()));
    if (spec.process().reaper()) {
      process.reap();
    }
    program.label("first process");
    if (keeper != null) {
      keeper.keep(CONTAINER);
    }
    program.call(Syscall.EXIT_GROUP, arg(0));
    return program.build();
  }

  /** What the call is about that reports that all is mounted but the root not entered yet. */
  public static final String MOUNTED = "mounted";

  /** What the call is about that reports when the program has come to the gate. */
  public static final String READY = "ready";

  /** What the call is about that reports the id of the process. */
  public static final String PROCESS = "make the process";

  /** Before anything of the container can be in the way: the kernel keeps it for the execve. */
  private void apparmor() {
    String profile = spec.process().apparmor();
    if (profile != null) {
      process.apparmor(profile);
    }
  }

  /** A new time namespace begins with the first child; its offsets are set before. */
  private void timeOffsets() {
    Map<String, Particulars.TimeOffset> offsets = spec.particulars().timeOffsets();
    if (offsets == null) {
      return;
    }
    program.call(Syscall.UNSHARE, Flags.CLONE_NEWTIME.argument()).about("make a time namespace");
    new TreeMap<>(offsets)
        .forEach(
            (clock, offset) ->
                steps.writeFile(
                    "/proc/self/timens_offsets",
                    clock + " " + offset.seconds() + " " + offset.nanoseconds() + "\n",
                    "set the offset of the clock " + clock));
  }

  private static final String CONTAINER = "container";

  /**
   * Whether the program waits until its process has been put into the control group. Only a
   * namespace of control groups needs that; everything else is mounted meanwhile, for the kernel
   * may take a grace period of its locks, milliseconds, to move a process.
   */
  public static boolean waitsForGroup(LaunchSpec spec) {
    return spec.namespaces().cgroup() instanceof Namespaces.Namespace.Own;
  }

  /**
   * Makes the container's first process. The first process of the program stays outside, in the
   * engine's namespaces and control group: with a keeper it becomes that, without one it ends, and
   * the engine is the parent.
   */
  private void makeProcess() {
    Namespaces namespaces = spec.namespaces();
    Constant flags = Flags.CLONE_NEWNS;
    flags = flags.or(ifOwn(namespaces.ipc(), Flags.CLONE_NEWIPC));
    flags = flags.or(ifOwn(namespaces.uts(), Flags.CLONE_NEWUTS));
    flags = flags.or(ifOwn(namespaces.network(), Flags.CLONE_NEWNET));
    flags = flags.or(ifOwn(namespaces.pid(), Flags.CLONE_NEWPID));
    // Before the process is made: it takes effect for children only.
    join(namespaces.pid(), Flags.CLONE_NEWPID, "pid");
    if (keeper != null) {
      keeper.prepare(spec.stdio());
      process.blockSignals();
    }
    program
        .call(
            Syscall.CLONE,
            flags.or(keeper == null ? Flags.CLONE_PARENT : Flags.CHILD).argument(),
            arg(0),
            arg(0),
            arg(0),
            arg(0))
        .about(PROCESS)
        .save(CONTAINER)
        .ifPositive("first process")
        .reported();
    if (waitsForGroup(spec)) {
      process.gate("wait for the control group");
    }
    if (keeper != null) {
      process.unblockSignals();
    }
  }

  private void joinNamespaces() {
    Namespaces namespaces = spec.namespaces();
    join(namespaces.ipc(), Flags.CLONE_NEWIPC, "ipc");
    join(namespaces.uts(), Flags.CLONE_NEWUTS, "uts");
    join(namespaces.network(), Flags.CLONE_NEWNET, "network");
    join(namespaces.cgroup(), Flags.CLONE_NEWCGROUP, "cgroup");
    if (namespaces.cgroup() instanceof Namespaces.Namespace.Own) {
      // Only now: its root is the group the process is in at this moment.
      program
          .call(Syscall.UNSHARE, Flags.CLONE_NEWCGROUP.argument())
          .about("make a cgroup namespace");
    }
  }

  private static Constant ifOwn(Namespaces.Namespace namespace, Constant flag) {
    return namespace instanceof Namespaces.Namespace.Own ? flag : Constant.NONE;
  }

  /** Joins a namespace that exists. */
  private void join(Namespaces.Namespace namespace, Constant flag, String name) {
    if (namespace instanceof Namespaces.Namespace.Join(Path path)) {
      program
          .call(
              Syscall.OPENAT,
              Constant.AT_FDCWD.argument(),
              arg(path.toString()),
              Flags.READ_ONLY.argument())
          .about("open " + path)
          .save(name + " namespace");
      program
          .call(Syscall.SETNS, saved(name + " namespace"), flag.argument())
          .about("join the " + name + " namespace");
    }
  }

  private void propagate() {
    // Sources of shared binds are open already; nothing else may travel in or out.
    program
        .call(
            Syscall.MOUNT,
            arg(0),
            arg("/"),
            arg(0),
            Flags.MS_REC.or(Flags.MS_PRIVATE).argument(),
            arg(0))
        .about("make all mounts private");
  }

  private void loopback() {
    program
        .call(
            Syscall.SOCKET,
            arg(Abi.AF_INET),
            new Constant("SOCK_DGRAM", Abi.SOCK_DGRAM).or(Flags.CLOEXEC).argument(),
            arg(0))
        .about("open a socket")
        .save("socket");
    ByteBuffer request = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    request.put("lo".getBytes(StandardCharsets.US_ASCII)).putShort(16, IFF_UP_RUNNING);
    program
        .call(
            Syscall.IOCTL,
            saved("socket"),
            arg(SIOCSIFFLAGS),
            new Argument.Block(
                "{lo, IFF_UP|IFF_RUNNING}", List.of(new Argument.Part.Bytes(request.array()))))
        .about("bring the loopback interface up");
  }

  /** Written through the host's /proc, which shows a process the values of its own namespaces. */
  private void sysctls() {
    new TreeMap<>(spec.sysctls())
        .forEach(
            (name, value) -> {
              Sysctls.check(name, spec.namespaces());
              steps.writeFile(
                  Sysctls.path(name), value, "set sysctl " + name + " to \"" + value + "\"");
            });
  }

  private void enterRoot() {
    program.call(Syscall.FCHDIR, saved("root")).about("enter the root");
    program.call(Syscall.PIVOT_ROOT, arg("."), arg(".")).about("make it the root of the namespace");
    program
        .call(Syscall.UMOUNT2, arg("."), new Constant("MNT_DETACH", Abi.MNT_DETACH).argument())
        .about("let go of the host's root");
    program.call(Syscall.CHDIR, arg("/")).about("enter the root");
    Mount.Propagation propagation = spec.particulars().rootPropagation();
    if (propagation != null) {
      program
          .call(
              Syscall.MOUNT,
              arg(0),
              arg("/"),
              arg(0),
              Flags.propagation(propagation).or(Flags.MS_REC).argument(),
              arg(0))
          .about("set propagation of the root");
    }
  }

  private void names() {
    if (spec.namespaces().uts() instanceof Namespaces.Namespace.Own) {
      byte[] hostname = spec.hostname().getBytes(StandardCharsets.UTF_8);
      if (hostname.length > 0) {
        program
            .call(Syscall.SETHOSTNAME, arg(spec.hostname()), arg(hostname.length))
            .about("set the host name " + spec.hostname());
      }
      if (spec.domainname() != null) {
        byte[] domain = spec.domainname().getBytes(StandardCharsets.UTF_8);
        program
            .call(Syscall.SETDOMAINNAME, arg(spec.domainname()), arg(domain.length))
            .about("set the domain name " + spec.domainname());
      }
    }
  }

  private void standardStreams() {
    switch (spec.stdio()) {
      case Stdio.Null() -> stdio.useNull(mounts.hasDev(), 0, 1, 2);
      case Stdio.Fifos fifos -> {
        if (fifos.stdin() == null) {
          stdio.useNull(mounts.hasDev(), 0);
        }
        stdio.useFifos(fifos);
      }
      case Stdio.Terminal _ -> stdio.useTerminal();
      case Stdio.Inherited own -> stdio.keep(own, mounts.hasDev());
      case Stdio.Pipes _ ->
          throw new IllegalArgumentException(
              "a container cannot have pipes that end with the engine");
    }
  }
}
