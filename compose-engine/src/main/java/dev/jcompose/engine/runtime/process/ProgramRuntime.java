package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.Cgroup;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.cgroup.Cgroups;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.WaitResult;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Keeper;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.runtime.program.CreateProgram;
import dev.jcompose.engine.runtime.program.ExecProgram;
import dev.jcompose.engine.runtime.program.HostFacts;
import dev.jcompose.engine.runtime.program.OtherRuntimeProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Runs containers with launch programs. */
public final class ProgramRuntime implements ContainerRuntime {
  private static final System.Logger LOG = System.getLogger(ProgramRuntime.class.getName());
  private static final int ENGINE_FAILED = 125;
  private static final int DISCARD_SECONDS = 10;

  private final Kernel kernel;
  private final KernelEvents events;
  private final Cgroups cgroups;
  private final HostFacts host;
  private final Filters filters;
  private final Ceilings ceilings;

  public ProgramRuntime(Kernel kernel, KernelEvents events, Cgroups cgroups) {
    this.kernel = kernel;
    this.events = events;
    this.cgroups = cgroups;
    this.host = HostReader.read(cgroups.layout());
    this.filters = new Filters(host.architecture());
    this.ceilings = new Ceilings(kernel);
  }

  @Override
  public Launched create(LaunchSpec wanted) throws LaunchException {
    LaunchSpec spec = ceilings.fit(wanted);
    Cgroup cgroup;
    LaunchProgram program;
    try {
      program =
          CreateProgram.compile(
              spec, host, filters.of(spec.seccomp(), spec.process().capabilities().bounding()));
      cgroup = cgroups.create(spec.cgroup());
      CrashPoint.LAUNCH_CGROUP_MADE.reached();
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(refused.getMessage()), refused);
    }
    ExitRecord record = spec.exitRecord() == null ? null : new ExitRecord(spec.exitRecord());
    ProgramRun run = null;
    try {
      if (record != null) {
        record.make();
      }
      run =
          new ProgramRun(
              kernel, events, host.architecture(), program, () -> cgroup.oomKills() > 0, record);
      CrashPoint.LAUNCH_PROGRAM_STARTED.reached();
      run.goOn(
          CreateProgram.waitsForGroup(spec),
          pid -> {
            CrashPoint.LAUNCH_PROCESS_MADE.reached();
            prepare(pid, cgroup, spec.process().oomScoreAdjustment());
            CrashPoint.LAUNCH_PROCESS_JOINED.reached();
          });
      run.awaitReady();
      CrashPoint.LAUNCH_AT_GATE.reached();
      WatchedProcess process = run.process();
      return new ContainerProcess(
          spec.id(),
          ProcessTable.startTime(process.pid()).orElse(0),
          process,
          cgroup,
          run.takeTerminal(),
          new ContainerProcess.Waiting(run, spec.process().arguments().getFirst()));
    } catch (LaunchException | KernelException | UncheckedIOException failed) {
      if (run != null) {
        run.close();
      }
      throw undo(failed, cgroup);
    }
  }

  /** Makes a container that somebody else will start through its handover, and leaves it alone. */
  public HandedOver handOver(LaunchSpec wanted, Mounted mounted) throws LaunchException {
    LaunchSpec spec = ceilings.fit(wanted);
    Cgroup cgroup;
    LaunchProgram program;
    try {
      program =
          CreateProgram.compile(
              spec, host, filters.of(spec.seccomp(), spec.process().capabilities().bounding()));
      cgroup = cgroups.create(spec.cgroup());
    } catch (IllegalArgumentException | UncheckedIOException refused) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(refused.getMessage()), refused);
    }
    try (ProgramRun run =
        new ProgramRun(kernel, events, host.architecture(), program, () -> false, null)) {
      run.goOn(
          CreateProgram.waitsForGroup(spec),
          pid -> prepare(pid, cgroup, spec.process().oomScoreAdjustment()));
      run.awaitMounted();
      mounted.at(run.process().pid());
      run.proceed();
      run.awaitReady();
      run.release();
      int pid = run.process().pid();
      return new HandedOver(
          pid, ProcessTable.startTime(pid).orElse(0), run.takeTerminal(), Ahead.of(program));
    } catch (LaunchException | KernelException | UncheckedIOException failed) {
      throw undo(failed, cgroup);
    }
  }

  /** What is done when all of a container is mounted and its root has not been entered. */
  @FunctionalInterface
  public interface Mounted {
    /** A failure ends the container. */
    void at(int pid) throws LaunchException;
  }

  private static LaunchException undo(Exception failed, Cgroup cgroup) {
    LaunchException told =
        failed instanceof LaunchException launch
            ? launch
            : new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    try {
      cgroup.kill();
      cgroup.remove();
    } catch (RuntimeException alsoFailed) {
      told.addSuppressed(alsoFailed);
    }
    return told;
  }

  private static void prepare(int pid, Cgroup cgroup, @Nullable Integer oomScoreAdjustment) {
    cgroup.join(pid);
    if (oomScoreAdjustment != null) {
      Path file = Path.of("/proc", Integer.toString(pid), "oom_score_adj");
      try {
        Files.writeString(file, oomScoreAdjustment.toString());
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot set oom_score_adj to " + oomScoreAdjustment + " (" + e.getMessage() + ")", e);
      }
    }
  }

  @Override
  public void start(Launched launched) throws LaunchException {
    ContainerProcess container = (ContainerProcess) launched;
    ContainerProcess.Waiting waiting = container.waiting();
    ProgramRun run = waiting == null ? null : waiting.take();
    if (waiting == null || run == null) {
      throw new IllegalStateException("container " + launched.id() + " runs already");
    }
    try {
      run.start(waiting.name());
      run.release();
      run.close();
    } catch (LaunchException | KernelException failed) {
      run.close();
      throw undo(failed, container.cgroup());
    }
  }

  @Override
  public Execution exec(ExecSpec spec, Launched into) throws LaunchException {
    return exec(spec, into, false);
  }

  /**
   * As {@link #exec}, for a caller that ends while the process goes on: whoever inherits it
   * collects its end, however soon that comes.
   */
  public Execution execAndLeave(ExecSpec spec, Launched into) throws LaunchException {
    return exec(spec, into, true);
  }

  private Execution exec(ExecSpec spec, Launched into, boolean forOthers) throws LaunchException {
    ContainerProcess container = (ContainerProcess) into;
    LaunchProgram program =
        ExecProgram.compile(
            ceilings.fit(spec),
            host,
            filters.of(spec.seccomp(), spec.process().capabilities().bounding()));
    try (Streams streams = Streams.of(kernel, spec.stdio())) {
      int[] given = streams.given(kernel.openProcess(container.pid()));
      try (ProgramRun run =
          new ProgramRun(kernel, events, host.architecture(), program, () -> false, null, given)) {
        if (forOthers) {
          run.forOthers();
        }
        CrashPoint.EXEC_PROGRAM_STARTED.reached();
        run.go(pid -> prepare(pid, container.cgroup(), spec.process().oomScoreAdjustment()));
        CrashPoint.EXEC_PROCESS_JOINED.reached();
        run.awaitExecution(spec.process().arguments().getFirst());
        CrashPoint.EXEC_RUNS.reached();
        run.release();
        return new ExecutedProcess(
            run.process(),
            streams.takeStdin(),
            streams.takeStdout(),
            streams.takeStderr(),
            run.takeTerminal());
      }
    } catch (KernelException | UncheckedIOException failed) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    }
  }

  /**
   * Has another runtime create a container, and returns when that runtime has ended, well or not.
   *
   * @param command path and arguments of the runtime
   */
  public void createByOther(LaunchSpec spec, List<String> command, List<String> environment)
      throws LaunchException {
    try {
      new ExitRecord(Objects.requireNonNull(spec.exitRecord())).make();
      LaunchProgram program =
          OtherRuntimeProgram.compile(spec, host.architecture(), command, environment);
      try (ProgramRun run =
          new ProgramRun(kernel, events, host.architecture(), program, () -> false, null)) {
        run.awaitExecution(command.getFirst());
        run.release();
      }
    } catch (KernelException | UncheckedIOException failed) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    }
  }

  /** With no higher limits than this engine may set. */
  public LaunchSpec fitted(LaunchSpec spec) {
    return ceilings.fit(spec);
  }

  /** The seccomp profile of a container as other runtimes take it; empty for none. */
  public Optional<JsonObject> resolvedSeccomp(LaunchSpec spec) {
    return filters.resolve(spec.seccomp(), spec.process().capabilities().bounding());
  }

  /** Closes the pipes of a process whose output is not wanted. */
  public void closeStreams(Execution execution) {
    for (OptionalInt stream : List.of(execution.stdin(), execution.stdout(), execution.stderr())) {
      stream.ifPresent(kernel::close);
    }
  }

  /**
   * Runs a program of the machine itself, as it is asked for: the first argument may be any text.
   *
   * @return with pipes for its three standard streams
   */
  public Execution onHost(
      String file, List<String> arguments, List<String> environment, Path directory)
      throws LaunchException {
    try (Streams streams = Streams.of(kernel, new Stdio.Pipes(true))) {
      return HostProgram.start(
          kernel, events, host.architecture(), streams, file, arguments, environment, directory);
    } catch (KernelException failed) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    }
  }

  @Override
  public Launched adopt(
      String id, int pid, long startTime, CgroupSpec spec, Path exitRecord, boolean terminal)
      throws LaunchException {
    Cgroup cgroup = cgroups.open(spec);
    WatchedProcess process;
    try {
      process =
          new WatchedProcess(
              kernel, events, pid, () -> cgroup.oomKills() > 0, new ExitRecord(exitRecord));
    } catch (KernelException gone) {
      throw new LaunchException(ENGINE_FAILED, "process " + pid + " has ended", gone);
    }
    // Asked after the pidfd was opened: if it matches now, the pidfd is of the right process.
    OptionalLong actual = ProcessTable.startTime(pid);
    if (actual.isEmpty() || actual.getAsLong() != startTime) {
      throw new LaunchException(
          ENGINE_FAILED, "process " + pid + " is not the container's, which has ended");
    }
    return new ContainerProcess(
        id,
        startTime,
        process,
        cgroup,
        terminal ? Keepers.terminal(kernel, ProcessTable.parent(pid)) : OptionalInt.empty(),
        null);
  }

  @Override
  public ExitStatus lastExit(CgroupSpec cgroup, Path exitRecord) {
    boolean oomKilled = cgroups.open(cgroup).oomKills() > 0;
    ExitRecord record = new ExitRecord(exitRecord);
    return record
        .read()
        .map(result -> WatchedProcess.status(result, oomKilled, record.writtenAt()))
        .orElseGet(() -> WatchedProcess.status(new WaitResult.Unknown(), oomKilled, Instant.now()));
  }

  @Override
  public void outputRead(Path exitRecord) {
    Keepers.tell(kernel, new ExitRecord(exitRecord).keeper(), Keeper.OUTPUT_READ);
  }

  @Override
  public void endInput(Launched launched) {
    Keepers.tell(kernel, ProcessTable.parent(launched.pid()), Keeper.END_OF_INPUT);
  }

  @Override
  public void watchOom(Launched launched, Runnable told) {
    try {
      Runnable end = cgroups.watchOom(events, ((ContainerProcess) launched).cgroup(), told);
      launched.onExit(_ -> end.run());
    } catch (KernelException | UncheckedIOException gone) {
      LOG.log(System.Logger.Level.DEBUG, "lack of memory will be known at the end alone", gone);
    }
  }

  /**
   * When a process started, in clock ticks since boot; empty when there is none, or when it only
   * waits to be reaped.
   */
  public static OptionalLong startTimeOfLiving(int pid) {
    return ProcessTable.startTimeOfLiving(pid);
  }

  @Override
  public void signal(Launched launched, int signal) {
    ((ContainerProcess) launched).process().signal(signal);
  }

  @Override
  public void pause(Launched launched) throws LaunchException {
    orFail(() -> ((ContainerProcess) launched).cgroup().freeze());
  }

  @Override
  public boolean paused(Launched launched) {
    return ((ContainerProcess) launched).cgroup().frozen();
  }

  @Override
  public void resume(Launched launched) throws LaunchException {
    orFail(() -> ((ContainerProcess) launched).cgroup().thaw());
  }

  @Override
  public void update(Launched launched, Limits limits) throws LaunchException {
    orFail(() -> ((ContainerProcess) launched).cgroup().apply(limits));
  }

  private static void orFail(Runnable change) throws LaunchException {
    try {
      change.run();
    } catch (UncheckedIOException failed) {
      throw new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    }
  }

  @Override
  public List<Integer> processes(Launched launched) {
    return ((ContainerProcess) launched).cgroup().processes();
  }

  @Override
  public CgroupStats stats(Launched launched) {
    return ((ContainerProcess) launched).cgroup().stats();
  }

  @Override
  public void discard(Launched launched) {
    ContainerProcess container = (ContainerProcess) launched;
    ProgramRun run = container.waiting() == null ? null : container.waiting().take();
    if (run != null) {
      run.close();
    }
    container.process().signal(Abi.SIGKILL);
    container.cgroup().kill();
    // What was killed goes in a moment; it must not be there when the caller goes on.
    var _ = container.process().endWithin(DISCARD_SECONDS);
    container.cgroup().remove();
  }
}
