package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Stdio;
import java.util.List;
import java.util.Objects;

/**
 * Compiles the creation of a container by another runtime. That one runs in a mount namespace of
 * its own, in which the layers are mounted, so the machine never has a mount that could be left
 * behind. The program's first process adopts the container's, and becomes its keeper.
 */
public final class OtherRuntimeProgram {
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int P_PID = 1;
  private static final int EXITED = 4;
  private static final String RUNTIME = "other runtime";

  private OtherRuntimeProgram() {}

  /**
   * The program, which is given its status socket only; that closes when the runtime has ended.
   *
   * @param command the runtime's path and arguments
   */
  public static LaunchProgram compile(
      LaunchSpec spec, Architecture architecture, List<String> command, List<String> environment) {
    LaunchProgram.Builder program = LaunchProgram.builder();
    Steps steps = new Steps(program, architecture);
    ProcessSteps process = new ProcessSteps(steps);
    // The terminal goes to the engine; there is nothing of it to keep.
    Stdio kept = spec.stdio() instanceof Stdio.Terminal ? new Stdio.Null() : spec.stdio();
    KeeperSteps keeper = new KeeperSteps(program, Objects.requireNonNull(spec.exitRecord()), kept);
    process.begin(1);
    keeper.prepare(kept);
    process.blockSignals();
    program
        .call(Syscall.PRCTL, arg(PR_SET_CHILD_SUBREAPER), arg(1))
        .about("adopt what the runtime leaves behind");
    program
        .call(Syscall.CLONE, Flags.CHILD.argument(), arg(0), arg(0), arg(0), arg(0))
        .about(CreateProgram.PROCESS)
        .save(RUNTIME)
        .ifPositive("first process")
        .reported();
    process.unblockSignals();
    StdioSteps stdio = new StdioSteps(steps, spec.process().identity());
    if (spec.stdio() instanceof Stdio.Fifos fifos) {
      stdio.openFifos(fifos);
    }
    program.call(Syscall.UNSHARE, Flags.CLONE_NEWNS.argument()).about("make a mount namespace");
    program
        .call(
            Syscall.MOUNT,
            arg(0),
            arg("/"),
            arg(0),
            Flags.MS_REC.or(Flags.MS_SLAVE).argument(),
            arg(0))
        .about("keep mounts from travelling out");
    RootSteps root = new RootSteps(steps);
    spec.mounts().stream()
        .filter(Mount.Layers.class::isInstance)
        .map(Mount.Layers.class::cast)
        .forEach(root::readOnly);
    root.mount(spec.root());
    // crun before 1.9 refuses machines that have both versions of control groups.
    program
        .call(Syscall.UMOUNT2, arg("/sys/fs/cgroup/unified"), arg(Abi.MNT_DETACH))
        .about("hide the control groups of version 2")
        .tolerating(Errno.EINVAL, Errno.ENOENT);
    if (spec.stdio() instanceof Stdio.Fifos fifos) {
      if (fifos.stdin() == null) {
        stdio.useNull(false, 0);
      }
      stdio.useFifos(fifos);
    } else {
      stdio.useNull(false, 0, 1, 2);
    }
    process.closeOthers();
    program
        .call(
            Syscall.EXECVE,
            arg(command.getFirst()),
            new Argument.Texts(command),
            new Argument.Texts(environment))
        .about(command.getFirst());
    program.label("first process");
    program
        .call(Syscall.WAITID, arg(P_PID), saved(RUNTIME), arg(0), arg(EXITED), arg(0))
        .about("wait for the runtime");
    keeper.keep(null);
    program.call(Syscall.EXIT_GROUP, arg(0));
    return program.build();
  }
}
