package dev.jcompose.core.adapter;

import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.NetworkSpec;
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
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.PathView;
import dev.jcompose.core.port.view.ProcessTable;
import dev.jcompose.core.port.view.VolumeView;
import dev.jcompose.engine.api.client.ContainerCalls;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.config.RestartPolicy;
import dev.jcompose.engine.api.container.ContainerInspect;
import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.container.CreateResponse;
import dev.jcompose.engine.api.container.TopResponse;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.LoginException;
import dev.jcompose.engine.api.network.NetworkInspect;
import dev.jcompose.engine.api.volume.Volume;
import dev.jcompose.engine.api.volume.VolumeCreate;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The port over the Docker Engine API: our own engine, Docker or Podman. */
public final class EngineAdapter implements Engine {
  private final EngineClient client;
  private final Credentials credentials;
  private final Execs execs;
  private final InheritedVolumes inherited;
  private final Builds builds;

  /** Works through a client, which the adapter closes with itself, and logs in nowhere. */
  public EngineAdapter(EngineClient client) {
    this(client, Credentials.NONE, "");
  }

  /**
   * Works through a client, which the adapter closes with itself.
   *
   * @param credentials what registries are shown
   * @param agent socket of the user's ssh agent, which builds may be lent; empty without one
   */
  public EngineAdapter(EngineClient client, Credentials credentials, String agent) {
    this.client = client;
    this.credentials = credentials;
    this.execs = new Execs(client);
    this.inherited = new InheritedVolumes(client);
    this.builds = new Builds(client, credentials, agent);
  }

  @Override
  public List<ContainerView> containers(List<String> labels) {
    return Calls.call(
        () -> {
          List<ContainerView> views = new ArrayList<>();
          for (ContainerSummary summary : client.containers().list(true, Map.of("label", labels))) {
            views.add(Views.container(summary));
          }
          return views;
        });
  }

  @Override
  public Optional<ContainerView> container(String idOrName) {
    return present(() -> Views.container(client.containers().inspect(idOrName)));
  }

  @Override
  public List<NetworkView> networks() {
    return Calls.call(
        () -> {
          List<NetworkView> views = new ArrayList<>();
          for (NetworkInspect network : client.networks().list(Map.<String, List<String>>of())) {
            views.add(Views.network(network));
          }
          return views;
        });
  }

  @Override
  public List<VolumeView> volumes() {
    return Calls.call(
        () -> {
          List<VolumeView> views = new ArrayList<>();
          for (Volume volume : client.volumes().list(Map.<String, List<String>>of())) {
            views.add(Views.volume(volume));
          }
          return views;
        });
  }

  @Override
  public Optional<ImageView> image(String reference) {
    return present(() -> Views.image(client.images().inspect(reference)));
  }

  @Override
  public String createContainer(ContainerSpec spec, Consumer<String> warnings) {
    List<EndpointSpec> endpoints = spec.networking().endpoints();
    // Before API 1.44 a container could only be created in one network.
    boolean oneByOne = endpoints.size() > 1 && !speaks(44);
    List<EndpointSpec> first = oneByOne ? endpoints.subList(0, 1) : endpoints;
    CreateResponse created =
        Calls.call(
            () ->
                client
                    .containers()
                    .create(spec.name(), spec.platform(), Requests.container(spec, first)));
    created.warnings().forEach(warnings);
    String id = created.id();
    if (oneByOne) {
      endpoints.subList(1, endpoints.size()).forEach(endpoint -> connectNetwork(id, endpoint));
    }
    return id;
  }

  @Override
  public boolean mountsImages() {
    // Our own engine could before it spoke all of that version.
    return Calls.call(client::isOwn) || speaks(48);
  }

  /** Whether the engine knows version 1.{@code minor} of the API. */
  private boolean speaks(int minor) {
    String version = Calls.call(() -> client.system().version().apiVersion());
    int dot = version.indexOf('.');
    try {
      return dot < 0 || Integer.parseInt(version.substring(dot + 1)) >= minor;
    } catch (NumberFormatException unknown) {
      return true;
    }
  }

  @Override
  public void startContainer(String container) {
    Calls.run(() -> client.containers().start(container));
  }

  @Override
  public void stopContainer(String container, @Nullable Duration timeout) {
    Calls.run(() -> client.containers().stop(container, seconds(timeout), null));
  }

  @Override
  public void restartContainer(String container, @Nullable Duration timeout) {
    Calls.run(() -> client.containers().restart(container, seconds(timeout), null));
  }

  @Override
  public Adjustable adjustable(String container) {
    return Calls.call(() -> Limits.adjustable(client.containers().inspect(container).hostConfig()));
  }

  @Override
  public void updateContainer(String container, Adjustable wanted) {
    Calls.run(
        () ->
            client
                .containers()
                .update(
                    container,
                    Limits.of(wanted),
                    new RestartPolicy(
                        wanted.restart().policy(), wanted.restart().maximumRetries())));
  }

  @Override
  public void killContainer(String container, String signal) {
    Calls.run(() -> client.containers().kill(container, signal));
  }

  @Override
  public void pauseContainer(String container) {
    Calls.run(() -> client.containers().pause(container));
  }

  @Override
  public void unpauseContainer(String container) {
    Calls.run(() -> client.containers().unpause(container));
  }

  @Override
  public void renameContainer(String container, String newName) {
    Calls.run(() -> client.containers().rename(container, newName));
  }

  @Override
  public void removeContainer(String container, boolean force, boolean anonymousVolumes) {
    Calls.run(
        () -> {
          List<String> volumes = anonymousVolumes ? inherited.of(container) : List.of();
          client.containers().remove(container, force, anonymousVolumes);
          inherited.remove(volumes);
        });
  }

  @Override
  public void putArchive(String container, String directory, InputStream tar, boolean ownedByUser) {
    Calls.run(() -> client.containers().putArchive(container, directory, tar, ownedByUser));
  }

  @Override
  public InputStream getArchive(String container, String path) {
    return Calls.call(() -> client.containers().getArchive(container, path));
  }

  @Override
  public Optional<PathView> path(String container, String path) {
    return Calls.call(() -> client.containers().stat(container, path)).map(Views::path);
  }

  @Override
  public UsageReader usage(String container, boolean live) {
    return Calls.call(() -> new UsageStream(client.containers().stats(container, live)));
  }

  @Override
  public NextExit nextExit(String container) {
    ContainerCalls.Wait wait =
        Calls.call(() -> client.containers().await(container, ContainerCalls.Condition.NEXT_EXIT));
    return new NextExit() {
      @Override
      public int await() {
        return Calls.call(() -> wait.get().statusCode());
      }

      @Override
      public void close() {
        wait.close();
      }
    };
  }

  @Override
  public int awaitExit(String container) {
    return Calls.call(
        () -> {
          try (ContainerCalls.Wait wait =
              client.containers().await(container, ContainerCalls.Condition.NOT_RUNNING)) {
            return wait.get().statusCode();
          }
        });
  }

  @Override
  public ContainerView awaitHealth(String container) {
    // The engine listens for us before we look, so no change falls in between.
    EventRequest changes =
        new EventRequest(List.of(), List.of("container"), List.of(container), null, null);
    try (EventReader events = events(changes)) {
      while (true) {
        ContainerView view =
            Calls.call(() -> Views.container(client.containers().inspect(container)));
        boolean again = view.status() == ContainerStatus.RESTARTING && view.health() == Health.NONE;
        if (!again && (!view.status().up() || view.health() != Health.STARTING)) {
          return view;
        }
        if (events.next() == null) {
          throw new EngineException(
              EngineException.Reason.UNREACHABLE, "the engine stopped telling what happens");
        }
      }
    }
  }

  @Override
  public ProcessTable top(String container) {
    return Calls.call(
        () -> {
          TopResponse top = client.containers().top(container, null);
          return new ProcessTable(top.titles(), top.processes());
        });
  }

  @Override
  public String createNetwork(NetworkSpec spec) {
    return Calls.call(() -> client.networks().create(Requests.network(spec)));
  }

  @Override
  public void removeNetwork(String idOrName) {
    Calls.run(() -> client.networks().remove(idOrName));
  }

  @Override
  public void connectNetwork(String container, EndpointSpec endpoint) {
    Calls.run(
        () ->
            client.networks().connect(endpoint.network(), container, Requests.endpoint(endpoint)));
  }

  @Override
  public void disconnectNetwork(String container, String network) {
    Calls.run(() -> client.networks().disconnect(network, container, true));
  }

  @Override
  public void createVolume(VolumeSpec spec) {
    Calls.run(
        () ->
            client
                .volumes()
                .create(
                    new VolumeCreate(
                        spec.name(), spec.driver(), spec.driverOptions(), spec.labels())));
  }

  @Override
  public void removeVolume(String name) {
    Calls.run(() -> client.volumes().remove(name, false));
  }

  @Override
  public void pullImage(String reference, @Nullable String platform, Consumer<String> progress) {
    Name name = Name.of(reference);
    transfer(
        "Pulling",
        () ->
            client
                .images()
                .pull(name.repository(), name.tag(), platform, credentials.forImage(reference)),
        progress);
  }

  @Override
  public void pushImage(String reference, Consumer<String> progress) {
    Name name = Name.of(reference);
    transfer(
        "Pushing",
        () -> client.images().push(name.repository(), name.tag(), credentials.forImage(reference)),
        progress);
  }

  /** A reference split as the API wants it. Without a tag it would pull, or push, all of them. */
  private record Name(String repository, String tag) {
    static Name of(String reference) {
      int digest = reference.indexOf('@');
      int colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
      int split = digest >= 0 ? digest : colon;
      return split < 0
          ? new Name(reference, "latest")
          : new Name(reference.substring(0, split), reference.substring(split + 1));
    }
  }

  private static void transfer(String word, Supplier<JsonLines> call, Consumer<String> progress) {
    TransferText text = new TransferText(word);
    Calls.run(
        () -> {
          try (JsonLines lines = call.get()) {
            for (JsonObject line = lines.next(); line != null; line = lines.next()) {
              String error = line.string("error");
              if (!error.isEmpty()) {
                throw new EngineException(EngineException.Reason.FAILED, error);
              }
              String news = text.take(line);
              if (news != null) {
                progress.accept(news);
              }
            }
          } catch (LoginException e) {
            throw new EngineException(
                EngineException.Reason.FAILED, String.valueOf(e.getMessage()), e);
          }
        });
  }

  @Override
  public String buildImage(BuildSpec spec, BuildListener listener) {
    return builds.build(spec, listener);
  }

  @Override
  public void removeImage(String reference) {
    Calls.run(() -> client.images().remove(reference, false));
  }

  @Override
  public OutputReader logs(String container, LogRequest request) {
    Integer tail = request.tail();
    ContainerCalls.LogQuery query =
        new ContainerCalls.LogQuery(
            true,
            true,
            request.follow(),
            request.timestamps(),
            time(request.since()),
            time(request.until()),
            tail == null ? -1 : tail);
    return Calls.call(
        () ->
            new LogStream(
                client
                    .containers()
                    .logs(
                        container,
                        query,
                        () -> client.containers().inspect(container).config().tty())));
  }

  @Override
  public EventReader events(EventRequest request) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    put(filters, "label", request.labels());
    put(filters, "type", request.types());
    put(filters, "container", request.containers());
    return Calls.call(
        () ->
            new EventStream(
                client.system().events(filters, time(request.since()), time(request.until()))));
  }

  private static void put(Map<String, List<String>> filters, String key, List<String> values) {
    if (!values.isEmpty()) {
      filters.put(key, values);
    }
  }

  @Override
  public ExecSession exec(String container, ExecRequest request) {
    return Calls.call(() -> execs.start(container, request));
  }

  @Override
  public Session attach(String container, AttachRequest request) {
    return Calls.call(
        () -> {
          ContainerInspect inspect = client.containers().inspect(container);
          return new StreamSession(
              client
                  .containers()
                  .attach(
                      container,
                      request.stdin(),
                      request.output(),
                      request.output(),
                      request.replay(),
                      request.detachKeys()),
              inspect.config().tty(),
              // Docker takes the end of input that does not end for an end of output too (20.10).
              inspect.config().stdinOnce(),
              (rows, columns) -> client.containers().resize(container, rows, columns),
              () -> client.containers().inspect(container).state().exitCode());
        });
  }

  @Override
  public void close() {
    client.close();
  }

  private static <T> Optional<T> present(Supplier<T> call) {
    try {
      return Optional.of(Calls.call(call));
    } catch (EngineException absent) {
      if (absent.reason() == EngineException.Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw absent;
    }
  }

  private static @Nullable Integer seconds(@Nullable Duration timeout) {
    return timeout == null ? null : Math.toIntExact(timeout.toSeconds());
  }

  private static @Nullable String time(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    String nanos = Integer.toString(instant.getNano());
    return instant.getEpochSecond() + "." + "0".repeat(9 - nanos.length()) + nanos;
  }
}
