package dev.jcompose.engine.build.run;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.build.tree.FileTree;
import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.DeviceRule;
import dev.jcompose.engine.container.create.NameMaker;
import dev.jcompose.engine.container.launch.LayeredFiles;
import dev.jcompose.engine.container.launch.LimitsOf;
import dev.jcompose.engine.container.launch.ProcessEnvironment;
import dev.jcompose.engine.container.launch.SecurityOptions;
import dev.jcompose.engine.container.launch.UserLookup;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.stream.OutputHub;
import dev.jcompose.engine.container.stream.OutputPump;
import dev.jcompose.engine.container.stream.StreamKind;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.network.DnsOptions;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.network.EndpointRequest;
import dev.jcompose.engine.network.NetworkDriver;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.network.dns.HostsFile;
import dev.jcompose.engine.network.dns.ResolvConf;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.ExitStatus;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Namespaces.Namespace;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.RootFilesystem;
import dev.jcompose.engine.runtime.StandardMounts;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.state.FileTrees;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/**
 * Runs one command over layers, in a container that exists only for it and that no list shows. When
 * the calling thread is interrupted, the container is killed and nothing of it is left.
 */
public final class Sandbox {
  private static final Duration QUIET = Duration.ofSeconds(2);
  private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");

  private final StateDirectory state;
  private final Kernel kernel;
  private final KernelEvents events;
  private final FileCalls calls;
  private final ContainerRuntime runtime;
  private final Networks networks;
  private final Executor executor;

  public Sandbox(
      StateDirectory state,
      Kernel kernel,
      KernelEvents events,
      FileCalls calls,
      ContainerRuntime runtime,
      Networks networks,
      Executor executor) {
    this.state = state;
    this.kernel = kernel;
    this.events = events;
    this.calls = calls;
    this.runtime = runtime;
    this.networks = networks;
    this.executor = executor;
  }

  /**
   * Runs the command to its end.
   *
   * @param upper an empty directory for what it changes, beside one the kernel can use
   * @param work an empty directory on the file system of {@code upper}
   * @return how it ended
   * @throws LaunchException when it could not be started
   * @throws EngineException when its network, user or mounts make no sense
   * @throws InterruptedException when it was killed because the build ended
   */
  public ExitStatus run(RunSpec spec, Path upper, Path work, StepOutput output)
      throws LaunchException, IOException, InterruptedException {
    String id = NameMaker.id();
    Path place = Files.createDirectories(state.buildRuns().resolve(id));
    try (UndoStack undo = new UndoStack()) {
      undo.push("remove " + place, () -> FileTrees.delete(place));
      Path root = Files.createDirectory(place.resolve("root"));
      List<Path> layers = new ArrayList<>(spec.layers());
      if (layers.isEmpty()) {
        layers.add(Files.createDirectory(place.resolve("nothing")));
      }
      List<EndpointLease> leases = reserve(spec, id, undo);
      List<Mount> mounts = mounts(spec, place, leases);
      LaunchSpec launch = launch(spec, id, layers, upper, work, root, mounts, place);
      ExitStatus status = run(launch, leases, place, output, undo);
      FileTree below = spec.layers().isEmpty() ? null : FileTree.layers(calls, spec.layers());
      new Stubs(calls, upper, below).clear(launch.mounts().stream().map(Mount::target).toList());
      return status;
    }
  }

  private List<EndpointLease> reserve(RunSpec spec, String id, UndoStack undo) {
    EndpointLease lease =
        networks.reserve(
            spec.network(), EndpointRequest.of(id, "build-" + id.substring(0, 12), List.of()));
    undo.push("give back the address", () -> networks.disconnect(lease));
    return List.of(lease);
  }

  private List<Mount> mounts(RunSpec spec, Path place, List<EndpointLease> leases)
      throws IOException {
    boolean host = spec.network().equals("host");
    boolean bridge = leases.stream().anyMatch(l -> l.driver() == NetworkDriver.BRIDGE);
    ResolvConf none = new ResolvConf(List.of(), List.of(), List.of());
    ResolvConf machine =
        Files.exists(HOST_RESOLV_CONF)
            ? ResolvConf.parse(Files.readString(HOST_RESOLV_CONF))
            : none;
    Path resolv = place.resolve("resolv.conf");
    Files.writeString(
        resolv, (bridge ? machine.forContainer(none) : machine.forHostNetwork(none)).text());
    Path hosts = place.resolve("hosts");
    Files.writeString(hosts, hosts(spec, leases, host));
    List<Mount> all = new ArrayList<>(spec.mounts());
    all.add(Mount.Bind.of(resolv, "/etc/resolv.conf", false));
    all.add(Mount.Bind.of(hosts, "/etc/hosts", false));
    return StandardMounts.with(all, spec.shmBytes(), spec.insecure());
  }

  private static String hosts(RunSpec spec, List<EndpointLease> leases, boolean host)
      throws IOException {
    List<HostsFile.Entry> extra = new ArrayList<>();
    EndpointLease via = Networks.gatewayOf(leases);
    InetAddress gateway = via == null ? null : via.gateway();
    for (String text : spec.extraHosts()) {
      int cut = text.indexOf('=') > 0 ? text.indexOf('=') : text.indexOf(':');
      if (cut <= 0) {
        throw new EngineException.InvalidRequest(
            "bad format for extra host \"" + text + "\"; write name:address");
      }
      String address = text.substring(cut + 1).replaceAll("^\\[(.*)\\]$", "$1");
      if (address.equals("host-gateway")) {
        address = gateway == null ? "127.0.0.1" : gateway.getHostAddress();
      }
      extra.add(new HostsFile.Entry(address, List.of(text.substring(0, cut))));
    }
    Path machine = Path.of("/etc/hosts");
    if (host && Files.exists(machine)) {
      StringBuilder text = new StringBuilder(Files.readString(machine));
      extra.forEach(
          e ->
              text.append(e.address())
                  .append('\t')
                  .append(String.join(" ", e.names()))
                  .append('\n'));
      return text.toString();
    }
    List<String> own =
        leases.stream()
            .map(EndpointLease::address)
            .filter(address -> address != null)
            .map(address -> address.address().getHostAddress())
            .toList();
    return HostsFile.text(extra, own, spec.hostname(), "");
  }

  private LaunchSpec launch(
      RunSpec spec,
      String id,
      List<Path> layers,
      Path upper,
      Path work,
      Path root,
      List<Mount> mounts,
      Path place) {
    Identity identity =
        new UserLookup(new LayeredFiles(layers.reversed())).identity(spec.user(), List.of());
    SecurityOptions security = SecurityOptions.of(Isolation.usual(spec.insecure()));
    boolean host = spec.network().equals("host");
    return new LaunchSpec(
        id,
        new RootFilesystem.Overlay(layers, upper, work, root, false),
        mounts,
        new ProcessSpec(
            spec.arguments(),
            ProcessEnvironment.of(
                spec.hostname(), false, spec.environment(), List.of(), identity.home()),
            spec.workingDirectory().isEmpty() ? "/" : spec.workingDirectory(),
            identity,
            Capabilities.of(security.bounding(), identity.uid()),
            false,
            LimitsOf.ulimits(spec.ulimits()),
            null,
            022,
            false),
        namespaces(host),
        spec.hostname(),
        null,
        host ? Map.of() : LaunchSpec.NETWORK_SYSCTLS,
        List.of(),
        spec.insecure() ? List.of() : LaunchSpec.MASKED_PATHS,
        spec.insecure() ? List.of() : LaunchSpec.READ_ONLY_PATHS,
        security.seccomp(),
        new CgroupSpec(
            state.identity().cgroupParent() + "/" + id,
            spec.limits(),
            spec.insecure() ? List.of(DeviceRule.ALLOW_ALL) : DeviceRule.standard()),
        new Stdio.Fifos(null, place.resolve("stdout"), place.resolve("stderr")));
  }

  private static Namespaces namespaces(boolean hostNetwork) {
    // Docker's default: a control group namespace of its own where they are of version 2.
    boolean version2 = Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    return new Namespaces(
        hostNetwork ? new Namespace.Host() : new Namespace.Own(),
        new Namespace.Own(),
        new Namespace.Own(),
        new Namespace.Own(),
        version2 ? new Namespace.Own() : new Namespace.Host());
  }

  private ExitStatus run(
      LaunchSpec launch, List<EndpointLease> leases, Path place, StepOutput output, UndoStack undo)
      throws LaunchException, InterruptedException {
    OutputHub hub =
        new OutputHub((stream, bytes) -> output.write(stream == StreamKind.STDERR, bytes));
    List<OutputPump> pumps = new ArrayList<>();
    undo.push("stop reading output", () -> pumps.forEach(OutputPump::stop));
    for (StreamKind stream : List.of(StreamKind.STDOUT, StreamKind.STDERR)) {
      Path fifo = place.resolve(stream == StreamKind.STDOUT ? "stdout" : "stderr");
      kernel.makeFifo(fifo, 0600);
      int end = kernel.open(fifo, Abi.O_RDONLY | Abi.O_NONBLOCK, 0);
      pumps.add(OutputPump.start(kernel, events, end, stream, hub, executor, false));
    }
    Launched launched = runtime.create(launch);
    undo.push("discard the process of a build step", () -> runtime.discard(launched));
    CompletableFuture<ExitStatus> ended = new CompletableFuture<>();
    launched.onExit(ended::complete);
    boolean ownNetwork = leases.stream().noneMatch(l -> l.driver() == NetworkDriver.HOST);
    if (ownNetwork) {
      networks.connect(launched.networkNamespace(), leases);
    }
    if (leases.stream().anyMatch(l -> l.driver() == NetworkDriver.BRIDGE)) {
      undo.push("close names", () -> networks.closeDns(launch.id()));
      networks.openDns(launch.id(), launched.networkNamespace(), DnsOptions.DEFAULT);
    }
    runtime.start(launched);
    ExitStatus status = await(launched, ended);
    // Others in the container may still write; they end with the first process.
    runtime.discard(launched);
    pumps.forEach(pump -> pump.finishAfterWriter(QUIET));
    return status;
  }

  private ExitStatus await(Launched launched, CompletableFuture<ExitStatus> ended)
      throws InterruptedException {
    try {
      return ended.get();
    } catch (InterruptedException e) {
      runtime.signal(launched, Abi.SIGKILL);
      // The kernel kills at once; without this the overlay would still be in use.
      ended.join();
      throw e;
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed so", e);
    }
  }
}
