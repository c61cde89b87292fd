package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.cgroup.Cgroup;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.cgroup.Cgroups;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.runtime.process.ProgramRuntime;
import dev.jcompose.engine.state.FileTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own runtime, and others for the containers that ask for one. Those create and start
 * a container; everything else is done to its process and control group directly.
 */
public final class RuntimeChoice implements ContainerRuntime {
  private static final int ENGINE_FAILED = 125;

  private final ProgramRuntime own;
  private final Cgroups cgroups;
  private final Kernel kernel;

  public RuntimeChoice(ProgramRuntime own, Cgroups cgroups, Kernel kernel) {
    this.own = own;
    this.cgroups = cgroups;
    this.kernel = kernel;
  }

  @Override
  public Launched create(LaunchSpec spec) throws LaunchException {
    Path runtime = spec.particulars().runtime();
    return runtime == null ? own.create(spec) : createByOther(own.fitted(spec), runtime);
  }

  private Launched createByOther(LaunchSpec spec, Path runtime) throws LaunchException {
    if (spec.process().reaper()) {
      throw new LaunchException(
          ENGINE_FAILED,
          "init: true is done by the engine's own runtime; leave out init or runtime");
    }
    Path record = Objects.requireNonNull(spec.exitRecord());
    RuntimeCommands commands = new RuntimeCommands(runtime, bundleBeside(record), spec.id());
    Cgroup cgroup = null;
    try {
      write(spec, commands);
      cgroup = cgroups.create(spec.cgroup());
      try (Console console = spec.stdio() instanceof Stdio.Terminal ? Console.open(kernel) : null) {
        own.createByOther(
            spec,
            commands.create(console == null ? null : console.path()),
            RuntimeCommands.ENVIRONMENT);
        Launched process = adopt(spec, commands, record, cgroup);
        return new OtherContainer(
            process,
            console == null ? OptionalInt.empty() : console.receive(),
            runtime,
            commands.bundle());
      }
    } catch (LaunchException | KernelException | UncheckedIOException failed) {
      remove(commands, cgroup);
      throw failed instanceof LaunchException told
          ? told
          : new LaunchException(ENGINE_FAILED, String.valueOf(failed.getMessage()), failed);
    }
  }

  private static Path bundleBeside(Path record) {
    return record.resolveSibling("bundle");
  }

  private void write(LaunchSpec spec, RuntimeCommands commands) {
    try {
      FileTrees.delete(commands.bundle());
      Files.createDirectories(commands.bundle());
      Files.write(
          commands.bundle().resolve("config.json"),
          Json.bytes(BundleWriter.config(spec, own.resolvedSeccomp(spec))));
      // By it an engine that starts later knows whose container this is.
      Files.writeString(commands.bundle().resolve("runtime"), commands.runtime().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the bundle " + commands.bundle(), e);
    }
  }

  private Launched adopt(LaunchSpec spec, RuntimeCommands commands, Path record, Cgroup cgroup)
      throws LaunchException {
    if (!Files.exists(commands.pidFile())) {
      throw commands.failed();
    }
    try {
      int pid = Integer.parseInt(Files.readString(commands.pidFile()).strip());
      // Not every runtime puts it into every hierarchy the machine has.
      cgroup.join(pid);
      return own.adopt(
          spec.id(),
          pid,
          ProgramRuntime.startTimeOfLiving(pid).orElse(0),
          spec.cgroup(),
          record,
          false);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + commands.pidFile(), e);
    }
  }

  private void remove(RuntimeCommands commands, @Nullable Cgroup cgroup) {
    commands.delete(own);
    if (cgroup != null) {
      cgroup.kill();
      cgroup.remove();
    }
    FileTrees.delete(commands.bundle());
  }

  @Override
  public void start(Launched launched) throws LaunchException {
    if (!(launched instanceof OtherContainer other)) {
      own.start(launched);
      return;
    }
    try {
      commands(other).start(own);
    } catch (LaunchException failed) {
      discard(other);
      throw failed;
    }
  }

  private static RuntimeCommands commands(OtherContainer other) {
    return new RuntimeCommands(other.runtime(), other.bundle(), other.id());
  }

  @Override
  public Launched adopt(
      String id, int pid, long startTime, CgroupSpec cgroup, Path exitRecord, boolean terminal)
      throws LaunchException {
    Path runtime = bundleBeside(exitRecord).resolve("runtime");
    if (!Files.exists(runtime)) {
      return own.adopt(id, pid, startTime, cgroup, exitRecord, terminal);
    }
    try {
      return new OtherContainer(
          own.adopt(id, pid, startTime, cgroup, exitRecord, false),
          OptionalInt.empty(),
          Path.of(Files.readString(runtime)),
          bundleBeside(exitRecord));
    } catch (IOException e) {
      throw new LaunchException(ENGINE_FAILED, "cannot read " + runtime, e);
    }
  }

  @Override
  public void discard(Launched launched) {
    own.discard(process(launched));
    if (launched instanceof OtherContainer other && Files.exists(other.bundle())) {
      commands(other).delete(own);
      FileTrees.delete(other.bundle());
    }
  }

  private static Launched process(Launched launched) {
    return launched instanceof OtherContainer other ? other.process() : launched;
  }

  @Override
  public Execution exec(ExecSpec spec, Launched into) throws LaunchException {
    return own.exec(spec, process(into));
  }

  @Override
  public ExitStatus lastExit(CgroupSpec cgroup, Path exitRecord) {
    return own.lastExit(cgroup, exitRecord);
  }

  @Override
  public void outputRead(Path exitRecord) {
    own.outputRead(exitRecord);
  }

  @Override
  public void endInput(Launched launched) {
    own.endInput(process(launched));
  }

  @Override
  public void watchOom(Launched launched, Runnable told) {
    own.watchOom(process(launched), told);
  }

  @Override
  public void signal(Launched launched, int signal) {
    own.signal(process(launched), signal);
  }

  @Override
  public void pause(Launched launched) throws LaunchException {
    own.pause(process(launched));
  }

  @Override
  public void resume(Launched launched) throws LaunchException {
    own.resume(process(launched));
  }

  @Override
  public boolean paused(Launched launched) {
    return own.paused(process(launched));
  }

  @Override
  public void update(Launched launched, Limits limits) throws LaunchException {
    own.update(process(launched), limits);
  }

  @Override
  public CgroupStats stats(Launched launched) {
    return own.stats(process(launched));
  }

  @Override
  public List<Integer> processes(Launched launched) {
    return own.processes(process(launched));
  }
}
