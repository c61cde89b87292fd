package dev.jcompose.engine.oci;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.cgroup.Cgroup;
import dev.jcompose.engine.cgroup.CgroupLayout;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.Cgroups;
import dev.jcompose.engine.container.create.Signals;
import dev.jcompose.engine.linux.EventThread;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.jna.JnaKernel;
import dev.jcompose.engine.oci.bundle.Bundle;
import dev.jcompose.engine.oci.bundle.BundleException;
import dev.jcompose.engine.oci.bundle.ProcessReader;
import dev.jcompose.engine.oci.bundle.ResourceReader;
import dev.jcompose.engine.oci.bundle.Translation;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Execution;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Particulars.Handover;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.runtime.process.HandedOver;
import dev.jcompose.engine.runtime.process.ProgramRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the runtime-spec, each of them a command of its own: between two of them only
 * the files below the root and the container's process are there.
 */
public final class OciRuntime implements AutoCloseable {
  /** Where the state of the containers is when nobody says where. */
  public static final Path DEFAULT_ROOT = StateStore.DEFAULT_ROOT;

  private static final long KILL_SECONDS = 10;
  private static final Path NO_RECORD = Path.of("/proc/self/no-record");
  private static final int SIGKILL = 9;
  private static final int CANNOT_CREATE = 125;

  private final StateStore store;
  private final Consumer<String> warnings;
  private final Kernel kernel = new JnaKernel();
  private final EventThread events;
  private final Cgroups cgroups;
  private final ProgramRuntime runtime;

  /**
   * A runtime that keeps its state below a directory.
   *
   * @param warnings takes what goes wrong without ending the operation
   */
  public OciRuntime(Path root, Consumer<String> warnings) {
    this.store = new StateStore(root);
    this.warnings = warnings;
    kernel.makeUndumpable();
    this.events = new EventThread(kernel);
    this.cgroups = new Cgroups(kernel, CgroupLayout.ofHost());
    this.runtime = new ProgramRuntime(kernel, events, cgroups);
  }

  @Override
  public void close() {
    events.close();
  }

  private boolean unified() {
    return cgroups.layout().unified();
  }

  /** The number of a signal written as {@code TERM}, {@code SIGTERM} or {@code 15}. */
  public static int signal(String text) throws OciException {
    try {
      return Signals.parse(text);
    } catch (EngineException e) {
      throw new OciException(String.valueOf(e.getMessage()), e);
    }
  }

  // ---- create

  /** Makes a container up to the point where its program would run. */
  public void create(String id, Path bundleDirectory, CreateOptions options)
      throws OciException, BundleException {
    Bundle bundle = Bundle.read(bundleDirectory);
    boolean terminal = bundle.config().object("process").flag("terminal");
    requireConsole(terminal, options.consoleSocket());
    Handover handover = new Handover(store.gate(id), store.report(id));
    LaunchSpec spec =
        new Translation(bundle)
            .launch(
                id, store.group(id), unified(), stdio(bundle.config().object("process")), handover);
    store.make(id);
    SavedContainer saved =
        new SavedContainer(
            id, bundle.directory(), bundle.annotations(), Instant.now(), 0, 0, List.of());
    try {
      kernel.makeFifo(handover.gate(), 0600);
      kernel.makeFifo(handover.report(), 0600);
      copyConfig(bundle, id);
      store.save(saved);
      launch(bundle, spec, saved, options);
    } catch (OciException | RuntimeException failed) {
      store.remove(id);
      afterwards(bundle, "poststop", state(saved, ContainerStatus.STOPPED));
      throw failed;
    }
  }

  private void copyConfig(Bundle bundle, String id) throws OciException {
    try {
      Files.copy(bundle.directory().resolve("config.json"), store.config(id));
    } catch (IOException e) {
      throw new OciException("cannot keep a copy of the configuration of " + id, e);
    }
  }

  private void launch(Bundle bundle, LaunchSpec spec, SavedContainer saved, CreateOptions options)
      throws OciException {
    Hooks hooks = hooks(bundle);
    HandedOver made;
    try {
      made =
          runtime.handOver(
              spec, pid -> whileMounted(hooks, spec, saved.withProcess(pid, 0, List.of())));
    } catch (LaunchException e) {
      throw new OciException(String.valueOf(e.getMessage()), e);
    }
    try {
      store.save(saved.withProcess(made.pid(), made.startTime(), made.ahead()));
      hand(made.terminal(), options.consoleSocket());
      writePid(options.pidFile(), made.pid());
    } catch (OciException failed) {
      discard(made.pid(), made.startTime(), spec.cgroup());
      throw failed;
    }
  }

  private void whileMounted(Hooks hooks, LaunchSpec spec, SavedContainer container)
      throws LaunchException {
    JsonObject state = state(container, ContainerStatus.CREATING);
    try {
      hooks.onHost("prestart", state);
      hooks.onHost("createRuntime", state);
      hooks.inContainer(
          "createContainer",
          state,
          adopt(container.pid(), startTime(container.pid()), spec.cgroup()));
    } catch (OciException failed) {
      throw new LaunchException(CANNOT_CREATE, String.valueOf(failed.getMessage()), failed);
    }
  }

  private static void requireConsole(boolean terminal, @Nullable Path socket) throws OciException {
    if (terminal && socket == null) {
      throw new OciException(
          "the process has a terminal and nobody to give it to; name a socket with"
              + " --console-socket");
    }
    if (!terminal && socket != null) {
      throw new OciException(
          "the process has no terminal to send to --console-socket; set process.terminal");
    }
  }

  private static Stdio stdio(JsonObject process) {
    JsonObject size = process.object("consoleSize");
    return process.flag("terminal")
        ? new Stdio.Terminal(size.integer("height"), size.integer("width"))
        : inherited();
  }

  /** A /dev/null of the host is replaced by the container's own. */
  private static Stdio inherited() {
    boolean[] own = new boolean[3];
    IntStream.range(0, own.length)
        .forEach(
            i -> {
              try {
                own[i] =
                    !Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(i)))
                        .equals(Path.of("/dev/null"));
              } catch (IOException closed) {
                own[i] = false;
              }
            });
    return new Stdio.Inherited(own[0], own[1], own[2]);
  }

  private void hand(OptionalInt terminal, @Nullable Path socket) throws OciException {
    if (terminal.isPresent() && socket != null) {
      try {
        kernel.sendDescriptor(socket, terminal.getAsInt(), "/dev/ptmx");
      } catch (KernelException e) {
        throw new OciException("cannot send the terminal to " + socket + ": " + e.getMessage(), e);
      } finally {
        kernel.close(terminal.getAsInt());
      }
    }
  }

  private static void writePid(@Nullable Path file, int pid) throws OciException {
    if (file == null) {
      return;
    }
    Path beside = file.resolveSibling("." + file.getFileName());
    try {
      Files.writeString(beside, Integer.toString(pid));
      Files.move(
          beside,
          file,
          java.nio.file.StandardCopyOption.ATOMIC_MOVE,
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new OciException("cannot write the process id to " + file, e);
    }
  }

  // ---- start

  /** Lets the program of a created container run, and returns when it does. */
  public void start(String id) throws OciException, BundleException {
    SavedContainer container = store.load(id);
    require(container, "start", ContainerStatus.CREATED);
    Bundle bundle = Bundle.of(container.bundle(), store.config(id));
    JsonObject state = state(container, ContainerStatus.CREATED);
    Hooks hooks = hooks(bundle);
    hooks.inContainer("startContainer", state, adopt(container, cgroup(id, bundle)));
    new Gate(kernel, store.gate(id), store.report(id))
        .open(container.ahead(), bundle.config().object("process").strings("args").getFirst());
    afterwards(bundle, "poststart", state(container, ContainerStatus.RUNNING));
  }

  private void afterwards(Bundle bundle, String kind, JsonObject state) {
    try {
      hooks(bundle).onHost(kind, state);
    } catch (OciException failed) {
      warnings.accept(String.valueOf(failed.getMessage()));
    }
  }

  private Hooks hooks(Bundle bundle) {
    return new Hooks(bundle.config().object("hooks"), bundle.directory(), runtime, kernel);
  }

  // ---- state

  /** The state of a container, as runtime-spec has it, with what runc adds. */
  public JsonObject state(String id) throws OciException {
    SavedContainer container = store.load(id);
    return state(container, status(container));
  }

  /** The states of all containers. */
  public List<JsonObject> list() throws OciException {
    List<JsonObject> all = new ArrayList<>();
    for (String id : store.ids()) {
      all.add(state(id));
    }
    return all;
  }

  private static JsonObject state(SavedContainer container, ContainerStatus status) {
    return JsonObject.builder()
        .put("ociVersion", Bundle.VERSION)
        .put("id", container.id())
        .put("status", status.toString())
        .put("pid", status == ContainerStatus.STOPPED ? 0L : (long) container.pid())
        .put("bundle", container.bundle().toString())
        .put("created", container.created().toString())
        .put("annotations", container.annotations())
        .build();
  }

  private ContainerStatus status(SavedContainer container) throws OciException {
    if (container.pid() == 0) {
      return ContainerStatus.CREATING;
    }
    if (!lives(container)) {
      return ContainerStatus.STOPPED;
    }
    if (Files.exists(store.gate(container.id()))) {
      return ContainerStatus.CREATED;
    }
    return isFrozen(container) ? ContainerStatus.PAUSED : ContainerStatus.RUNNING;
  }

  private boolean isFrozen(SavedContainer container) throws OciException {
    try {
      Bundle bundle = Bundle.of(container.bundle(), store.config(container.id()));
      return cgroups.open(cgroup(container.id(), bundle)).frozen();
    } catch (BundleException e) {
      throw new OciException(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean lives(SavedContainer container) {
    return container.startTime() != 0 && startTime(container.pid()) == container.startTime();
  }

  /** 0 for a process that is gone or only waits to be reaped. */
  private static long startTime(int pid) {
    return ProgramRuntime.startTimeOfLiving(pid).orElse(0);
  }

  private void require(SavedContainer container, String operation, ContainerStatus wanted)
      throws OciException {
    ContainerStatus status = status(container);
    if (status != wanted) {
      throw new OciException(
          "cannot " + operation + " container \"" + container.id() + "\", which is " + status);
    }
  }

  // ---- kill, pause, delete

  /**
   * Sends a signal to the first process, or to all.
   *
   * @throws OciException unless the container is created or running
   */
  public void kill(String id, int signal, boolean all) throws OciException, BundleException {
    SavedContainer container = store.load(id);
    ContainerStatus status = status(container);
    if (status == ContainerStatus.STOPPED && !all) {
      throw new OciException("cannot kill container \"" + id + "\": container not running");
    }
    if (all) {
      signalAll(cgroups.open(cgroup(id, Bundle.of(container.bundle(), store.config(id)))), signal);
    } else {
      signal(container.pid(), signal);
    }
  }

  private void signalAll(Cgroup group, int signal) {
    if (signal == SIGKILL) {
      group.kill();
    } else {
      group.processes().forEach(pid -> signal(pid, signal));
    }
  }

  private void signal(int pid, int signal) {
    try {
      int process = kernel.openProcess(pid);
      try {
        kernel.signal(process, signal);
      } finally {
        kernel.close(process);
      }
    } catch (KernelException gone) {
      if (!gone.errno().equals(dev.jcompose.engine.linux.Errno.ESRCH)) {
        throw gone;
      }
    }
  }

  /** Freezes every process of a container, or lets them go on. */
  public void pause(String id, boolean pause) throws OciException, BundleException {
    SavedContainer container = store.load(id);
    require(
        container,
        pause ? "pause" : "resume",
        pause ? ContainerStatus.RUNNING : ContainerStatus.PAUSED);
    Cgroup group = cgroups.open(cgroup(id, Bundle.of(container.bundle(), store.config(id))));
    if (pause) {
      group.freeze();
    } else {
      group.thaw();
    }
  }

  /** The processes of a container, as the host numbers them. */
  public List<Integer> processes(String id) throws OciException, BundleException {
    SavedContainer container = store.load(id);
    return cgroups.open(cgroup(id, Bundle.of(container.bundle(), store.config(id)))).processes();
  }

  /**
   * Removes what is left of a stopped container; a forced one is killed first, and need not exist.
   */
  public void delete(String id, boolean force) throws OciException, BundleException {
    if (force && !store.exists(id)) {
      return;
    }
    SavedContainer container = store.load(id);
    if (!force) {
      require(container, "delete", ContainerStatus.STOPPED);
    }
    Bundle bundle = Bundle.of(container.bundle(), store.config(id));
    discard(container.pid(), container.startTime(), cgroup(id, bundle));
    store.remove(id);
    afterwards(bundle, "poststop", state(container, ContainerStatus.STOPPED));
  }

  private void discard(int pid, long startTime, CgroupSpec cgroup) throws OciException {
    try {
      Launched launched = adopt(pid, startTime, cgroup);
      CompletableFuture<ExitStatus> end = new CompletableFuture<>();
      launched.onExit(end::complete);
      runtime.signal(launched, SIGKILL);
      end.get(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (OciException gone) {
      // It has ended already.
    } catch (TimeoutException | ExecutionException e) {
      throw new OciException("process " + pid + " does not end; try again later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OciException("interrupted while process " + pid + " ended", e);
    }
    Cgroup group = cgroups.open(cgroup);
    group.kill();
    group.remove();
  }

  // ---- exec

  /**
   * Runs a process in a running container.
   *
   * @param process as {@code process} of a config.json
   * @param detach returns when the process runs, instead of when it has ended
   * @return its exit status; 0 when detached
   */
  public int exec(String id, JsonObject process, CreateOptions options, boolean detach)
      throws OciException, BundleException {
    SavedContainer container = store.load(id);
    require(container, "exec in", ContainerStatus.RUNNING);
    requireConsole(process.flag("terminal"), options.consoleSocket());
    Bundle bundle = Bundle.of(container.bundle(), store.config(id));
    try {
      ExecSpec spec =
          new ExecSpec(
              ProcessReader.read(process, bundle.root()),
              new Translation(bundle).seccomp(),
              stdio(process));
      Launched into = adopt(container, cgroup(id, bundle));
      Execution execution = detach ? runtime.execAndLeave(spec, into) : runtime.exec(spec, into);
      hand(execution.terminal(), options.consoleSocket());
      writePid(options.pidFile(), execution.pid());
      if (detach) {
        return 0;
      }
      CompletableFuture<ExitStatus> end = new CompletableFuture<>();
      execution.onExit(end::complete);
      return end.get().code();
    } catch (LaunchException e) {
      throw new OciException("exec failed: " + e.getMessage(), e);
    } catch (InterruptedException | ExecutionException e) {
      throw new OciException("exec was interrupted", e);
    }
  }

  /** The process of a container, which one to execute in it starts from. */
  public JsonObject process(String id) throws OciException, BundleException {
    SavedContainer container = store.load(id);
    return Bundle.of(container.bundle(), store.config(id)).config().object("process");
  }

  private CgroupSpec cgroup(String id, Bundle bundle) throws BundleException {
    return ResourceReader.read(store.group(id), bundle.config().object("linux"), unified());
  }

  private Launched adopt(SavedContainer container, CgroupSpec cgroup) throws OciException {
    return adopt(container.pid(), container.startTime(), cgroup);
  }

  private Launched adopt(int pid, long startTime, CgroupSpec cgroup) throws OciException {
    try {
      // There is no keeper, and no exit record: the container's parent is whoever asked for it.
      return runtime.adopt("", pid, startTime, cgroup, NO_RECORD, false);
    } catch (LaunchException e) {
      throw new OciException(String.valueOf(e.getMessage()), e);
    }
  }
}
