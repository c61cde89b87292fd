package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.api.container.ContainerInspect;
import dev.jcompose.engine.api.container.ContainerSummary;
import dev.jcompose.engine.api.container.HealthResult;
import dev.jcompose.engine.api.container.NetworkSettings;
import dev.jcompose.engine.api.container.PortSummary;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.network.EndpointIpam;
import dev.jcompose.engine.api.network.EndpointSettings;
import dev.jcompose.engine.container.BoundPort;
import dev.jcompose.engine.container.ContainerFiles.Usage;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.NetworkSettings.Attachment;
import dev.jcompose.engine.state.ContainerPaths;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Containers as the API describes them. */
public final class ContainerViews {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private ContainerViews() {}

  /** A container in full; its sizes only when they were measured. */
  public static ContainerInspect inspect(
      ContainerRecord container, List<String> execs, ContainerPaths paths, @Nullable Usage usage) {
    List<String> arguments = container.arguments();
    Path log = paths.log();
    return new ContainerInspect(
        container.id(),
        container.created().toString(),
        arguments.isEmpty() ? "" : arguments.getFirst(),
        arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size()),
        state(container.state()),
        container.imageId(),
        paths.resolvConf().toString(),
        paths.hostname().toString(),
        paths.hosts().toString(),
        container.spec().log().driver().equals("none") ? "" : log.toString(),
        "/" + container.name(),
        container.restartCount(),
        "overlay2",
        "linux",
        "",
        "",
        "",
        execs,
        HostConfigs.host(container),
        JsonObject.builder()
            .put("Name", "overlay2")
            .put(
                "Data",
                JsonObject.builder()
                    .put("MergedDir", paths.merged().toString())
                    .put("UpperDir", paths.upper().toString())
                    .put("WorkDir", paths.work().toString())
                    .build())
            .build(),
        usage == null ? null : usage.own(),
        usage == null ? null : usage.all(),
        container.mounts().stream().map(Mounts::view).toList(),
        HostConfigs.config(container),
        networks(container));
  }

  /** A container in a list; its sizes only when they were measured. */
  public static ContainerSummary summary(
      ContainerRecord container, Instant now, @Nullable Usage usage) {
    Map<String, EndpointSettings> networks = new LinkedHashMap<>();
    container.endpoints().forEach(one -> networks.put(one.network(), endpoint(one)));
    return new ContainerSummary(
        container.id(),
        List.of("/" + container.name()),
        container.spec().image(),
        container.imageId(),
        command(container.arguments()),
        container.created().getEpochSecond(),
        ports(container),
        usage == null ? null : usage.own(),
        usage == null ? null : usage.all(),
        container.spec().labels(),
        container.state().status().text(),
        StatusText.of(container.state(), now),
        JsonObject.builder()
            .put("NetworkMode", HostConfigs.host(container).networking().networkMode())
            .build(),
        networks,
        container.mounts().stream().map(Mounts::view).toList());
  }

  private static dev.jcompose.engine.api.container.ContainerState state(ContainerState state) {
    return new dev.jcompose.engine.api.container.ContainerState(
        state.status().text(),
        state.running(),
        state.status() == Status.PAUSED,
        state.status() == Status.RESTARTING,
        state.oomKilled(),
        state.status() == Status.DEAD,
        state.pid(),
        state.exitCode(),
        state.error(),
        time(state.startedAt()),
        time(state.finishedAt()),
        health(state.health()));
  }

  private static dev.jcompose.engine.api.container.@Nullable Health health(
      @Nullable Health health) {
    return health == null
        ? null
        : new dev.jcompose.engine.api.container.Health(
            health.status().text(),
            health.failingStreak(),
            health.log().stream()
                .map(
                    probe ->
                        new HealthResult(
                            probe.start().toString(),
                            probe.end().toString(),
                            probe.exitCode(),
                            probe.output()))
                .toList());
  }

  private static NetworkSettings networks(ContainerRecord container) {
    Map<String, List<PortBinding>> ports = new LinkedHashMap<>();
    if (container.state().running()) {
      for (String exposed : container.spec().network().exposed()) {
        ports.put(exposed, new ArrayList<>());
      }
      for (BoundPort port : container.ports()) {
        ports
            .computeIfAbsent(port.containerPort() + "/" + port.protocol(), key -> new ArrayList<>())
            .add(new PortBinding(port.hostAddress(), Integer.toString(port.hostPort())));
      }
    }
    Map<String, EndpointSettings> networks = new LinkedHashMap<>();
    container.endpoints().forEach(one -> networks.put(one.network(), endpoint(one)));
    String namespace =
        container.state().hasProcess() ? "/proc/" + container.state().pid() + "/ns/net" : "";
    return new NetworkSettings(container.id(), namespace, ports, networks);
  }

  private static EndpointSettings endpoint(Endpoint endpoint) {
    Attachment asked = endpoint.settings();
    EndpointIpam ipam =
        asked.ipv4() == null && asked.ipv6() == null
            ? null
            : new EndpointIpam(
                asked.ipv4() == null ? "" : asked.ipv4(),
                asked.ipv6() == null ? "" : asked.ipv6(),
                List.of());
    return new EndpointSettings(
        ipam,
        asked.links(),
        asked.aliases(),
        endpoint.macAddress(),
        asked.driverOptions(),
        asked.gatewayPriority(),
        endpoint.networkId(),
        endpoint.endpointId(),
        endpoint.gateway(),
        endpoint.address(),
        endpoint.prefixLength(),
        endpoint.gateway6(),
        endpoint.address6(),
        endpoint.prefixLength6(),
        endpoint.names());
  }

  private static List<PortSummary> ports(ContainerRecord container) {
    List<PortSummary> ports = new ArrayList<>();
    if (!container.state().running()) {
      return ports;
    }
    for (BoundPort port : container.ports()) {
      ports.add(
          new PortSummary(
              port.hostAddress(), port.containerPort(), port.hostPort(), port.protocol()));
    }
    for (String exposed : container.spec().network().exposed()) {
      int slash = exposed.indexOf('/');
      int number = Integer.parseInt(exposed.substring(0, slash));
      String protocol = exposed.substring(slash + 1);
      if (ports.stream()
          .noneMatch(port -> port.privatePort() == number && port.type().equals(protocol))) {
        ports.add(new PortSummary("", number, 0, protocol));
      }
    }
    return ports;
  }

  /** Program and arguments on one line; an argument with a blank is quoted. */
  private static String command(List<String> arguments) {
    StringBuilder line = new StringBuilder();
    for (String argument : arguments) {
      if (!line.isEmpty()) {
        line.append(' ');
      }
      boolean quote = argument.contains(" ");
      line.append(quote ? "'" : "").append(argument).append(quote ? "'" : "");
    }
    return line.toString();
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? NEVER : instant.toString();
  }
}
