package dev.jcompose.core.port;

import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.LimitsSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.NetworkSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.core.port.spec.VolumeSpec;
import dev.jcompose.core.port.stream.AttachRequest;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.core.port.stream.ExecRequest;
import dev.jcompose.core.port.stream.ExecSession;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.NextExit;
import dev.jcompose.core.port.stream.OutputReader;
import dev.jcompose.core.port.stream.Session;
import dev.jcompose.core.port.stream.UsageReader;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.MountView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.PathView;
import dev.jcompose.core.port.view.ProcessTable;
import dev.jcompose.core.port.view.VolumeView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An engine in memory that records every call that changes something. */
public final class FakeEngine implements Engine {
  private final Map<String, ContainerView> containers = new LinkedHashMap<>();
  private final Map<String, NetworkView> networks = new LinkedHashMap<>();
  private final Map<String, VolumeView> volumes = new LinkedHashMap<>();
  private final Map<String, ImageView> images = new LinkedHashMap<>();
  private final Map<String, Integer> exitCodes = new LinkedHashMap<>();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, EngineException> failures = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private boolean mountsImages = true;
  private int count;

  /** Every changing call so far, as in "start demo-db-1". */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  public synchronized void forgetCalls() {
    calls.clear();
  }

  /** Makes a call fail whenever it is made. */
  public void fail(String call, EngineException.Reason reason, String message) {
    failures.put(call, new EngineException(reason, message));
  }

  /** Makes a call block until the latch is at zero. */
  public CountDownLatch hold(String call) {
    return gates.computeIfAbsent(call, key -> new CountDownLatch(1));
  }

  public synchronized void addImage(String reference, String id, boolean healthcheck) {
    images.put(
        reference,
        new ImageView(
            id, List.of(reference), Set.of(), Map.of(), 1, "amd64", "linux", healthcheck, null));
  }

  /** Makes it an engine from before images could be mounted. */
  public void cannotMountImages() {
    mountsImages = false;
  }

  @Override
  public boolean mountsImages() {
    return mountsImages;
  }

  public synchronized void exitsWith(String container, int code) {
    exitCodes.put(container, code);
  }

  private void record(String call) {
    synchronized (this) {
      calls.add(call);
    }
    CountDownLatch gate = gates.get(call);
    if (gate != null) {
      try {
        gate.await();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new EngineException(EngineException.Reason.UNREACHABLE, "interrupted", stop);
      }
    }
    EngineException failure = failures.get(call);
    if (failure != null) {
      throw failure;
    }
  }

  private synchronized ContainerView find(String idOrName) {
    for (ContainerView view : containers.values()) {
      if (view.id().equals(idOrName) || view.name().equals(idOrName)) {
        return view;
      }
    }
    throw new EngineException(EngineException.Reason.NOT_FOUND, "No such container: " + idOrName);
  }

  private synchronized String nameOf(String idOrName) {
    try {
      return find(idOrName).name();
    } catch (EngineException unknown) {
      return idOrName;
    }
  }

  private synchronized void change(String idOrName, ContainerStatus status, int exitCode) {
    ContainerView view = find(idOrName);
    put(view, view.name(), status, exitCode);
  }

  private synchronized void put(
      ContainerView view, String name, ContainerStatus status, int exitCode) {
    containers.put(
        view.id(),
        new ContainerView(
            view.id(),
            name,
            view.image(),
            view.imageId(),
            view.command(),
            view.created(),
            status,
            status.toString(),
            view.health(),
            exitCode,
            view.labels(),
            view.ports(),
            view.mounts(),
            view.networkMode(),
            view.endpoints()));
  }

  @Override
  public synchronized List<ContainerView> containers(List<String> labels) {
    return containers.values().stream()
        .filter(
            view ->
                labels.stream()
                    .allMatch(
                        label -> {
                          int equals = label.indexOf('=');
                          return equals < 0
                              ? view.labels().containsKey(label)
                              : view.label(label.substring(0, equals))
                                  .equals(label.substring(equals + 1));
                        }))
        .toList();
  }

  @Override
  public synchronized Optional<ContainerView> container(String idOrName) {
    return containers.values().stream()
        .filter(view -> view.id().equals(idOrName) || view.name().equals(idOrName))
        .findFirst();
  }

  @Override
  public synchronized List<NetworkView> networks() {
    return List.copyOf(networks.values());
  }

  @Override
  public synchronized List<VolumeView> volumes() {
    return List.copyOf(volumes.values());
  }

  @Override
  public synchronized Optional<ImageView> image(String reference) {
    return Optional.ofNullable(images.get(reference));
  }

  @Override
  public String createContainer(ContainerSpec spec, Consumer<String> warnings) {
    record("create " + spec.name());
    synchronized (this) {
      String id = "%064x".formatted(++count);
      ImageView image = images.get(spec.image());
      containers.put(
          id,
          new ContainerView(
              id,
              spec.name(),
              spec.image(),
              image == null ? "" : image.id(),
              "",
              Instant.EPOCH,
              ContainerStatus.CREATED,
              "Created",
              spec.healthcheck() == null ? Health.NONE : Health.HEALTHY,
              0,
              spec.labels(),
              List.of(),
              spec.storage().mounts().stream().map(FakeEngine::mount).toList(),
              spec.networking().mode(),
              spec.networking().endpoints().stream().map(this::endpoint).toList()));
      return id;
    }
  }

  private EndpointView endpoint(EndpointSpec endpoint) {
    NetworkView network = networks.get(endpoint.network());
    return new EndpointView(
        endpoint.network(), network == null ? "" : network.id(), "", "", endpoint.aliases());
  }

  private static MountView mount(MountSpec mount) {
    return switch (mount) {
      case MountSpec.Bind bind -> new MountView("bind", "", bind.source(), bind.target(), true);
      case MountSpec.Volume volume ->
          new MountView(
              "volume",
              volume.name() == null ? "anonymous" : volume.name(),
              "",
              volume.target(),
              true);
      case MountSpec.Tmpfs tmpfs -> new MountView("tmpfs", "", "", tmpfs.target(), true);
      case MountSpec.Image image -> new MountView("image", "", "", image.target(), false);
    };
  }

  @Override
  public void startContainer(String container) {
    record("start " + nameOf(container));
    change(container, ContainerStatus.RUNNING, 0);
  }

  @Override
  public void stopContainer(String container, @Nullable Duration timeout) {
    record("stop " + nameOf(container));
    change(container, ContainerStatus.EXITED, 143);
  }

  @Override
  public void restartContainer(String container, @Nullable Duration timeout) {
    record("restart " + nameOf(container));
    change(container, ContainerStatus.RUNNING, 0);
  }

  @Override
  public void killContainer(String container, String signal) {
    record("kill " + nameOf(container) + " " + signal);
    change(container, ContainerStatus.EXITED, 137);
  }

  @Override
  public void pauseContainer(String container) {
    record("pause " + nameOf(container));
    change(container, ContainerStatus.PAUSED, 0);
  }

  @Override
  public void unpauseContainer(String container) {
    record("unpause " + nameOf(container));
    change(container, ContainerStatus.RUNNING, 0);
  }

  @Override
  public Adjustable adjustable(String container) {
    return Adjustable.of(LimitsSpec.NONE, RestartSpec.NO);
  }

  @Override
  public void updateContainer(String container, Adjustable wanted) {
    record("update " + nameOf(container));
  }

  @Override
  public void renameContainer(String container, String newName) {
    record("rename " + nameOf(container) + " to " + newName);
    ContainerView view = find(container);
    put(view, newName, view.status(), view.exitCode());
  }

  @Override
  public void removeContainer(String container, boolean force, boolean anonymousVolumes) {
    record("remove " + nameOf(container));
    synchronized (this) {
      containers.remove(find(container).id());
    }
  }

  @Override
  public void putArchive(String container, String directory, InputStream tar, boolean ownedByUser) {
    record("put " + length(tar) + " bytes into " + nameOf(container));
  }

  @Override
  public int awaitExit(String container) {
    record("await exit of " + nameOf(container));
    synchronized (this) {
      int code = exitCodes.getOrDefault(nameOf(container), 0);
      change(container, ContainerStatus.EXITED, code);
      return code;
    }
  }

  @Override
  public ContainerView awaitHealth(String container) {
    record("await health of " + nameOf(container));
    return find(container);
  }

  @Override
  public ProcessTable top(String container) {
    return new ProcessTable(List.of(), List.of());
  }

  @Override
  public String createNetwork(NetworkSpec spec) {
    record("create network " + spec.name());
    synchronized (this) {
      String id = "net%d".formatted(++count);
      networks.put(spec.name(), new NetworkView(id, spec.name(), "bridge", spec.labels()));
      return id;
    }
  }

  @Override
  public void removeNetwork(String idOrName) {
    record("remove network " + idOrName);
    synchronized (this) {
      networks
          .values()
          .removeIf(view -> view.id().equals(idOrName) || view.name().equals(idOrName));
    }
  }

  @Override
  public void connectNetwork(String container, EndpointSpec endpoint) {
    record("connect " + nameOf(container) + " to " + endpoint.network());
  }

  @Override
  public void disconnectNetwork(String container, String network) {
    record("disconnect " + nameOf(container) + " from " + network);
  }

  @Override
  public void createVolume(VolumeSpec spec) {
    record("create volume " + spec.name());
    synchronized (this) {
      volumes.put(spec.name(), new VolumeView(spec.name(), spec.driver(), "", spec.labels()));
    }
  }

  @Override
  public void removeVolume(String name) {
    record("remove volume " + name);
    synchronized (this) {
      volumes.remove(name);
    }
  }

  @Override
  public void pushImage(String reference, Consumer<String> progress) {
    calls.add("push " + reference);
  }

  @Override
  public void pullImage(String reference, @Nullable String platform, Consumer<String> progress) {
    record("pull " + reference);
    addImage(reference, "sha256:pulled", false);
  }

  @Override
  public String buildImage(BuildSpec spec, BuildListener listener) {
    record("build image " + spec.image());
    return "sha256:" + spec.image();
  }

  @Override
  public void removeImage(String reference) {
    record("remove image " + reference);
    synchronized (this) {
      images.remove(reference);
    }
  }

  @Override
  public OutputReader logs(String container, LogRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EventReader events(EventRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecSession exec(String container, ExecRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Session attach(String container, AttachRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public NextExit nextExit(String container) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InputStream getArchive(String container, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<PathView> path(String container, String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public UsageReader usage(String container, boolean live) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}

  private static int length(InputStream tar) {
    try {
      return tar.readAllBytes().length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
