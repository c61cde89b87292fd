package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.longs;

import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Stdio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles the start of a process in a running container. */
public final class ExecProgram {
  /** Descriptor of the container's first process, a pidfd. */
  private static final int TARGET = LaunchProgram.STATUS + 1;

  /** Standard input, output and error, if they are pipes. */
  private static final int FIRST_STREAM = TARGET + 1;

  private ExecProgram() {}

  /**
   * The program. It is given its status socket, a pidfd of the container's first process and, for
   * {@link Stdio.Pipes}, three more descriptors; a standard input that is not wanted may be any.
   *
   * @param filter classic BPF instructions, null for none
   */
  public static LaunchProgram compile(ExecSpec spec, HostFacts host, byte @Nullable [] filter) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    Steps steps = new Steps(program, host.architecture());
    ProcessSteps process = new ProcessSteps(steps);
    StdioSteps stdio = new StdioSteps(steps, spec.process().identity());
    boolean pipes = spec.stdio() instanceof Stdio.Pipes;
    process.begin(pipes ? 5 : 2);
    String profile = spec.process().apparmor();
    if (profile != null) {
      process.apparmor(profile);
    }
    process.gate("wait for the control group");
    Constant namespaces =
        Flags.CLONE_NEWNS
            .or(Flags.CLONE_NEWUTS)
            .or(Flags.CLONE_NEWIPC)
            .or(Flags.CLONE_NEWNET)
            .or(Flags.CLONE_NEWPID)
            .or(Flags.CLONE_NEWCGROUP);
    program
        .call(Syscall.SETNS, arg(TARGET), namespaces.argument())
        .about("join the container's namespaces");
    program
        .call(Syscall.CLONE, Flags.CLONE_PARENT.argument(), arg(0), arg(0), arg(0), arg(0))
        .about(CreateProgram.PROCESS)
        .ifPositive("first process")
        .reported();
    program
        .call(Syscall.KEYCTL, arg(1), arg(0))
        .about("make a session keyring")
        .tolerating(Errno.ENOSYS, Errno.EPERM);
    program.call(Syscall.SETSID).about("start a session");
    switch (spec.stdio()) {
      case Stdio.Null() -> stdio.useNull(false, 0, 1, 2);
      case Stdio.Pipes given -> {
        if (!given.stdin()) {
          stdio.useNull(false, 0);
        }
        for (int target = given.stdin() ? 0 : 1; target <= 2; target++) {
          stdio.useGiven(FIRST_STREAM + target, target);
        }
      }
      case Stdio.Terminal terminal -> {
        // No links: a container that may mount could make one that leads to another device.
        Constant flags = Flags.READ_WRITE;
        stdio.makeTerminal(
            terminal,
            program.call(
                Syscall.OPENAT2,
                Constant.AT_FDCWD.argument(),
                arg("/dev/pts/ptmx"),
                longs(
                    "{" + flags.name() + ", RESOLVE_NO_SYMLINKS}",
                    flags.value(),
                    0,
                    Abi.RESOLVE_NO_SYMLINKS),
                arg(24)),
            false);
        stdio.useTerminal();
      }
      case Stdio.Inherited own -> stdio.keep(own, false);
      case Stdio.Fifos _ ->
          throw new IllegalArgumentException("named pipes are for a container's first process");
    }
    process.closeOthers();
    process.limits(spec.process().limits());
    process.workingDirectory(spec.process().workingDirectory());
    process.become(spec.process(), filter, host.lastCapability());
    String file = spec.program();
    process.execute(
        spec.process(),
        file == null
            ? ProcessSteps.candidates(
                spec.process().arguments().getFirst(), spec.process().environment())
            : List.of(file));
    program.label("first process");
    program.call(Syscall.EXIT_GROUP, arg(0));
    return program.build();
  }
}
