package dev.jcompose.core.adapter;

import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.HealthcheckSpec;
import dev.jcompose.core.port.spec.IsolationSpec;
import dev.jcompose.core.port.spec.NetworkSpec;
import dev.jcompose.core.port.spec.NetworkingSpec;
import dev.jcompose.core.port.spec.PortSpec;
import dev.jcompose.core.port.spec.ProcessSpec;
import dev.jcompose.engine.api.config.ContainerConfig;
import dev.jcompose.engine.api.config.HealthConfig;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.config.HostIsolation;
import dev.jcompose.engine.api.config.HostNetworking;
import dev.jcompose.engine.api.config.LogConfig;
import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.api.config.RestartPolicy;
import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.network.EndpointIpam;
import dev.jcompose.engine.api.network.EndpointSettings;
import dev.jcompose.engine.api.network.Ipam;
import dev.jcompose.engine.api.network.IpamPool;
import dev.jcompose.engine.api.network.NetworkCreate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the port's specs as the wire's requests. */
final class Requests {
  private static final String CONTAINER = "container:";
  private static final String PROFILE_FILE = "seccomp=/";

  private Requests() {}

  /** A request with these of its endpoints; the others are connected afterwards. */
  static CreateRequest container(ContainerSpec spec, List<EndpointSpec> endpoints) {
    Map<String, EndpointSettings> networks = new LinkedHashMap<>();
    endpoints.forEach(endpoint -> networks.put(endpoint.network(), endpoint(endpoint)));
    return new CreateRequest(config(spec), host(spec), networks);
  }

  private static ContainerConfig config(ContainerSpec spec) {
    ProcessSpec process = spec.process();
    NetworkingSpec networking = spec.networking();
    HealthcheckSpec health = spec.healthcheck();
    List<String> environment = new ArrayList<>(process.environment().size());
    // A name alone takes away what the image sets.
    process
        .environment()
        .forEach((name, value) -> environment.add(value == null ? name : name + "=" + value));
    return new ContainerConfig(
        spec.image(),
        process.command(),
        process.entrypoint(),
        environment,
        text(process.workingDirectory()),
        text(process.user()),
        text(networking.hostname()),
        text(networking.domainName()),
        spec.labels(),
        List.copyOf(networking.exposed()),
        List.of(),
        process.tty(),
        process.stdinOpen(),
        process.stdinOnce(),
        process.stdinOnce(),
        true,
        true,
        text(process.stopSignal()),
        process.stopTimeoutSeconds(),
        health == null ? null : health(health),
        false,
        "",
        null);
  }

  private static HealthConfig health(HealthcheckSpec health) {
    Integer retries = health.retries();
    return new HealthConfig(
        health.test(),
        nanos(health.interval()),
        nanos(health.timeout()),
        nanos(health.startPeriod()),
        nanos(health.startInterval()),
        retries == null ? 0 : retries);
  }

  private static HostConfig host(ContainerSpec spec) {
    IsolationSpec isolation = spec.isolation();
    NetworkingSpec networking = spec.networking();
    Integer oomScore = spec.limits().oomScoreAdjust();
    return new HostConfig(
        Storage.of(spec.storage()),
        new HostNetworking(
            networking.mode(),
            ports(networking.ports()),
            false,
            networking.dns(),
            networking.dnsOptions(),
            networking.dnsSearch(),
            networking.extraHosts(),
            List.of()),
        new HostIsolation(
            isolation.privileged(),
            isolation.capabilitiesAdded(),
            isolation.capabilitiesDropped(),
            isolation.securityOptions().stream().map(Requests::securityOption).toList(),
            spec.process().groups(),
            text(isolation.ipc()),
            text(isolation.pid()),
            text(isolation.uts()),
            text(isolation.users()),
            text(isolation.cgroups()),
            isolation.sysctls(),
            oomScore == null ? 0 : oomScore,
            text(isolation.isolation()),
            null,
            null),
        Limits.of(spec.limits()),
        new RestartPolicy(spec.restart().policy(), spec.restart().maximumRetries()),
        new LogConfig(text(spec.logging().driver()), spec.logging().options()),
        spec.autoRemove(),
        spec.process().init(),
        text(isolation.runtime()),
        spec.annotations());
  }

  /** A seccomp profile is sent as its text: the engine may not see the client's files. */
  private static String securityOption(String option) {
    if (!option.startsWith(PROFILE_FILE)) {
      return option;
    }
    Path file = Path.of(option.substring(PROFILE_FILE.length() - 1));
    try {
      return "seccomp=" + Files.readString(file);
    } catch (IOException e) {
      throw new EngineException(
          EngineException.Reason.INVALID,
          "security_opt: cannot read the seccomp profile "
              + file
              + "; correct the path, which is"
              + " relative to the project's folder",
          e);
    }
  }

  private static Map<String, List<PortBinding>> ports(List<PortSpec> ports) {
    Map<String, List<PortBinding>> bindings = new LinkedHashMap<>();
    for (PortSpec port : ports) {
      bindings
          .computeIfAbsent(port.containerPort() + "/" + port.protocol(), key -> new ArrayList<>())
          .add(new PortBinding(port.hostAddress(), port.hostPort()));
    }
    return bindings;
  }

  static EndpointSettings endpoint(EndpointSpec endpoint) {
    boolean fixed =
        endpoint.ipv4Address() != null
            || endpoint.ipv6Address() != null
            || !endpoint.linkLocalAddresses().isEmpty();
    Integer priority = endpoint.gatewayPriority();
    return new EndpointSettings(
        fixed
            ? new EndpointIpam(
                text(endpoint.ipv4Address()),
                text(endpoint.ipv6Address()),
                endpoint.linkLocalAddresses())
            : null,
        endpoint.links().stream().map(Requests::withoutPrefix).toList(),
        endpoint.aliases(),
        text(endpoint.macAddress()),
        endpoint.driverOptions(),
        priority == null ? 0 : priority,
        "",
        "",
        "",
        "",
        0,
        "",
        "",
        0,
        List.of());
  }

  static NetworkCreate network(NetworkSpec spec) {
    boolean managed =
        spec.ipamDriver() != null || !spec.ipamOptions().isEmpty() || !spec.pools().isEmpty();
    List<IpamPool> pools = new ArrayList<>();
    for (NetworkSpec.Pool pool : spec.pools()) {
      pools.add(
          new IpamPool(
              text(pool.subnet()), text(pool.ipRange()), text(pool.gateway()), pool.reserved()));
    }
    String ipamDriver = spec.ipamDriver();
    String driver = spec.driver();
    return new NetworkCreate(
        spec.name(),
        driver == null ? "bridge" : driver,
        "",
        spec.internal(),
        spec.attachable(),
        false,
        false,
        spec.ipv4(),
        Boolean.TRUE.equals(spec.ipv6()),
        managed
            ? new Ipam(ipamDriver == null ? "default" : ipamDriver, spec.ipamOptions(), pools)
            : null,
        spec.driverOptions(),
        spec.labels());
  }

  /** References to containers carry a prefix in the port that the wire does not know everywhere. */
  static String withoutPrefix(String reference) {
    return reference.startsWith(CONTAINER) ? reference.substring(CONTAINER.length()) : reference;
  }

  static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static long nanos(@Nullable Duration duration) {
    return duration == null ? 0 : duration.toNanos();
  }
}
