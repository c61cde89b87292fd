package dev.jcompose.core.adapter;

import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.MountView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.PathView;
import dev.jcompose.core.port.view.PortView;
import dev.jcompose.core.port.view.VolumeView;
import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.api.container.ContainerInspect;
import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.container.MountPoint;
import dev.jcompose.engine.api.container.PortSummary;
import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.network.EndpointSettings;
import dev.jcompose.engine.api.network.NetworkInspect;
import dev.jcompose.engine.api.volume.Volume;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the wire's records into the port's. */
final class Views {
  private static final long GO_MODE_DIRECTORY = 1L << 31;
  private static final long GO_MODE_LINK = 1L << 27;

  private Views() {}

  static ContainerView container(ContainerSummary summary) {
    ContainerStatus status = ContainerStatus.parse(summary.state());
    List<PortView> ports = new ArrayList<>(summary.ports().size());
    for (PortSummary port : summary.ports()) {
      ports.add(new PortView(port.ip(), port.publicPort(), port.privatePort(), port.type()));
    }
    return new ContainerView(
        summary.id(),
        summary.names().isEmpty() ? summary.id() : name(summary.names().getFirst()),
        summary.image(),
        summary.imageId(),
        summary.command(),
        Instant.ofEpochSecond(summary.created()),
        status,
        summary.status(),
        health(summary.status()),
        exitCode(summary.status()),
        summary.labels(),
        ports,
        mounts(summary.mounts()),
        summary.hostConfig().string("NetworkMode"),
        endpoints(summary.networks()));
  }

  /** The mode's upper bits are those of Go's FileMode. */
  static PathView path(JsonObject stat) {
    long mode = stat.number("mode");
    return new PathView(
        stat.string("name"),
        (mode & GO_MODE_DIRECTORY) != 0
            ? PathView.Kind.DIRECTORY
            : (mode & GO_MODE_LINK) != 0 ? PathView.Kind.LINK : PathView.Kind.OTHER,
        stat.string("linkTarget"));
  }

  static ContainerView container(ContainerInspect inspect) {
    ContainerStatus status = ContainerStatus.parse(inspect.state().status());
    List<String> command = new ArrayList<>();
    command.add(inspect.path());
    command.addAll(inspect.args());
    dev.jcompose.engine.api.container.Health health = inspect.state().health();
    return new ContainerView(
        inspect.id(),
        name(inspect.name()),
        inspect.config().image(),
        inspect.image(),
        String.join(" ", command),
        created(inspect.created()),
        status,
        inspect.state().status(),
        health == null ? Health.NONE : Health.parse(health.status()),
        inspect.state().exitCode(),
        inspect.config().labels(),
        ports(inspect.networkSettings().ports()),
        mounts(inspect.mounts()),
        inspect.hostConfig().networking().networkMode(),
        endpoints(inspect.networkSettings().networks()));
  }

  static NetworkView network(NetworkInspect network) {
    return new NetworkView(network.id(), network.name(), network.driver(), network.labels());
  }

  static VolumeView volume(Volume volume) {
    return new VolumeView(volume.name(), volume.driver(), volume.mountpoint(), volume.labels());
  }

  static ImageView image(ImageInspect image) {
    List<String> test = image.config().object("Healthcheck").strings("Test");
    String tagged = image.metadata().string("LastTagTime");
    return new ImageView(
        image.id(),
        image.repoTags(),
        new HashSet<>(image.config().keys("Volumes")),
        image.config().stringMap("Labels"),
        image.size(),
        image.architecture(),
        image.os(),
        !test.isEmpty() && !test.getFirst().equals("NONE"),
        tagged.isEmpty() || tagged.startsWith("0001") ? null : instant(tagged));
  }

  private static String name(String wire) {
    return wire.startsWith("/") ? wire.substring(1) : wire;
  }

  /** The list tells health only inside the words of the status: "Up 5 seconds (healthy)". */
  private static Health health(String status) {
    if (status.endsWith("(healthy)")) {
      return Health.HEALTHY;
    }
    if (status.endsWith("(unhealthy)")) {
      return Health.UNHEALTHY;
    }
    return status.endsWith("(health: starting)") ? Health.STARTING : Health.NONE;
  }

  /** Likewise the exit code: "Exited (3) 5 seconds ago". */
  private static int exitCode(String status) {
    int open = status.indexOf('(');
    int close = status.indexOf(')', open);
    if (open < 0 || close < 0 || !(status.startsWith("Exited") || status.startsWith("Restart"))) {
      return 0;
    }
    try {
      return Integer.parseInt(status.substring(open + 1, close));
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static List<PortView> ports(Map<String, List<PortBinding>> bindings) {
    List<PortView> ports = new ArrayList<>();
    bindings.forEach(
        (port, hosts) -> {
          int slash = port.indexOf('/');
          int number = number(slash < 0 ? port : port.substring(0, slash));
          String protocol = slash < 0 ? "tcp" : port.substring(slash + 1);
          if (hosts.isEmpty()) {
            ports.add(new PortView("", 0, number, protocol));
          }
          for (PortBinding host : hosts) {
            ports.add(new PortView(host.hostIp(), number(host.hostPort()), number, protocol));
          }
        });
    return ports;
  }

  private static int number(String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  private static List<MountView> mounts(List<MountPoint> mounts) {
    List<MountView> views = new ArrayList<>(mounts.size());
    for (MountPoint mount : mounts) {
      views.add(
          new MountView(
              mount.type(), mount.name(), mount.source(), mount.destination(), mount.readWrite()));
    }
    return views;
  }

  private static List<EndpointView> endpoints(Map<String, EndpointSettings> networks) {
    List<EndpointView> views = new ArrayList<>(networks.size());
    networks.forEach(
        (network, endpoint) ->
            views.add(
                new EndpointView(
                    network,
                    endpoint.networkId(),
                    endpoint.ipAddress(),
                    endpoint.gateway(),
                    endpoint.aliases())));
    return views;
  }

  private static Instant created(String text) {
    Instant created = instant(text);
    return created == null ? Instant.EPOCH : created;
  }

  private static @Nullable Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      return null;
    }
  }
}
