package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.EngineException.InvalidRequest;
import dev.jcompose.engine.api.config.ContainerConfig;
import dev.jcompose.engine.api.config.HealthConfig;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.config.HostIsolation;
import dev.jcompose.engine.api.config.HostNetworking;
import dev.jcompose.engine.api.config.HostStorage;
import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.api.container.CreateRequest;
import dev.jcompose.engine.api.network.EndpointIpam;
import dev.jcompose.engine.api.network.EndpointSettings;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.spec.LogConfig;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.NetworkSettings.Attachment;
import dev.jcompose.engine.container.spec.NetworkSettings.PortRequest;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests for containers, from the wire to the engine. */
public final class ContainerSpecs {
  private ContainerSpecs() {}

  /**
   * What a request asks for.
   *
   * @throws InvalidRequest naming the part that makes no sense, or that this engine does not do
   */
  public static ContainerSpec of(CreateRequest request, @Nullable String platform) {
    ContainerConfig config = request.config();
    HostConfig host = request.hostConfig();
    if (!host.storage().storageOpt().isEmpty()) {
      throw new InvalidRequest("storage options are not supported; leave storage_opt out");
    }
    HealthConfig health = config.healthcheck();
    return new ContainerSpec(
        config.image(),
        process(config, host),
        config.labels(),
        host.annotations(),
        mounts(host.storage()),
        config.volumes(),
        host.storage().volumesFrom(),
        network(request),
        isolation(config, host),
        ResourceLimits.of(host.resources()),
        RestartPolicy.of(host.restartPolicy().name(), host.restartPolicy().maximumRetryCount()),
        new LogConfig(host.logConfig().type(), host.logConfig().config()),
        health == null ? null : healthcheck(health),
        host.autoRemove(),
        platform);
  }

  /**
   * How a container wants to be on a network.
   *
   * @throws EngineException.InvalidRequest when it asks for link-local addresses
   */
  public static Attachment attachment(@Nullable EndpointSettings endpoint) {
    if (endpoint == null) {
      return Attachment.PLAIN;
    }
    EndpointIpam ipam = endpoint.ipam();
    if (ipam != null && !ipam.linkLocalIps().isEmpty()) {
      throw new EngineException.InvalidRequest(
          "link-local address "
              + ipam.linkLocalIps().getFirst()
              + ": only addresses of the network's subnet can be given; leave link-local addresses"
              + " out");
    }
    return new Attachment(
        endpoint.aliases(),
        ipam == null ? null : orNull(ipam.ipv4Address()),
        ipam == null ? null : orNull(ipam.ipv6Address()),
        orNull(endpoint.macAddress()),
        endpoint.links(),
        endpoint.driverOpts(),
        endpoint.gwPriority());
  }

  private static ProcessSettings process(ContainerConfig config, HostConfig host) {
    List<String> shell = config.shell();
    return new ProcessSettings(
        config.entrypoint(),
        config.cmd(),
        config.env(),
        config.workingDir(),
        config.user(),
        host.isolation().groupAdd(),
        new ProcessSettings.Stdio(
            config.tty(),
            config.openStdin(),
            config.stdinOnce(),
            config.attachStdin(),
            config.attachStdout(),
            config.attachStderr()),
        config.stopSignal(),
        config.stopTimeout(),
        shell == null ? List.of() : shell);
  }

  private static List<MountRequest> mounts(HostStorage storage) {
    List<MountRequest> mounts = new ArrayList<>();
    storage.binds().forEach(bind -> mounts.add(Mounts.parse(bind, storage.volumeDriver())));
    storage.mounts().forEach(mount -> mounts.add(Mounts.of(mount)));
    storage.tmpfs().forEach((target, options) -> mounts.add(Mounts.tmpfs(target, options)));
    return mounts;
  }

  private static NetworkSettings network(CreateRequest request) {
    HostNetworking host = request.hostConfig().networking();
    Map<String, Attachment> attachments = new LinkedHashMap<>();
    request.endpoints().forEach((name, endpoint) -> attachments.put(name, attachment(endpoint)));
    List<PortRequest> ports = new ArrayList<>();
    host.portBindings()
        .forEach((port, bindings) -> bindings.forEach(binding -> ports.add(port(port, binding))));
    return new NetworkSettings(
        host.networkMode(),
        attachments,
        ports,
        request.config().exposedPorts().stream().map(ContainerSpecs::exposed).toList(),
        host.publishAllPorts(),
        host.dns(),
        host.dnsSearch(),
        host.dnsOptions(),
        host.extraHosts(),
        host.links(),
        request.config().macAddress(),
        request.config().networkDisabled());
  }

  private static String exposed(String port) {
    return port.contains("/") ? port : port + "/tcp";
  }

  private static PortRequest port(String port, PortBinding binding) {
    int slash = port.indexOf('/');
    String protocol = slash < 0 ? "tcp" : port.substring(slash + 1);
    int container = portNumber(slash < 0 ? port : port.substring(0, slash), port);
    String host = binding.hostPort();
    int dash = host.indexOf('-');
    int first = host.isEmpty() ? 0 : portNumber(dash < 0 ? host : host.substring(0, dash), host);
    int last = dash < 0 ? first : portNumber(host.substring(dash + 1), host);
    if (!List.of("tcp", "udp", "sctp").contains(protocol) || container == 0 || last < first) {
      throw new InvalidRequest(
          "invalid port binding: " + binding.hostPort() + " for \"" + port + "\"");
    }
    return new PortRequest(container, protocol, binding.hostIp(), first, last);
  }

  private static int portNumber(String digits, String whole) {
    try {
      int number = Integer.parseInt(digits);
      if (number >= 0 && number <= 65535) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, with the text as a whole.
    }
    throw new InvalidRequest("invalid port specification: \"" + whole + "\"");
  }

  private static Isolation isolation(ContainerConfig config, HostConfig host) {
    HostIsolation isolation = host.isolation();
    if (!isolation.isolation().isEmpty() && !isolation.isolation().equals("default")) {
      throw new InvalidRequest(
          "invalid isolation '" + isolation.isolation() + "': Linux knows only default");
    }
    return new Isolation(
        config.hostname(),
        config.domainname(),
        isolation.privileged(),
        host.storage().readonlyRootfs(),
        Boolean.TRUE.equals(host.init()),
        isolation.capAdd(),
        isolation.capDrop(),
        isolation.securityOpt(),
        isolation.maskedPaths(),
        isolation.readonlyPaths(),
        isolation.sysctls(),
        isolation.oomScoreAdj(),
        host.storage().shmSize(),
        new Isolation.NamespaceModes(
            isolation.ipcMode(),
            isolation.pidMode(),
            isolation.utsMode(),
            isolation.cgroupnsMode(),
            isolation.usernsMode()),
        host.runtime());
  }

  private static Healthcheck healthcheck(HealthConfig health) {
    return new Healthcheck(
        health.test(),
        Duration.ofNanos(health.interval()),
        Duration.ofNanos(health.timeout()),
        Duration.ofNanos(health.startPeriod()),
        Duration.ofNanos(health.startInterval()),
        health.retries());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
