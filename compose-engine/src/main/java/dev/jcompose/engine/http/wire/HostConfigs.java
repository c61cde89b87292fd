package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.config.ContainerConfig;
import dev.jcompose.engine.api.config.HealthConfig;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.config.HostIsolation;
import dev.jcompose.engine.api.config.HostNetworking;
import dev.jcompose.engine.api.config.HostStorage;
import dev.jcompose.engine.api.config.MountSpec;
import dev.jcompose.engine.api.config.PortBinding;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.NetworkSettings.PortRequest;
import dev.jcompose.engine.container.spec.ProcessSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container was asked to be, echoed on the wire. */
final class HostConfigs {
  private static final long DEFAULT_SHM = 64 << 20;

  private HostConfigs() {}

  static ContainerConfig config(ContainerRecord container) {
    ContainerSpec spec = container.spec();
    ProcessSettings process = spec.process();
    ProcessSettings.Stdio stdio = process.stdio();
    return new ContainerConfig(
        spec.image(),
        process.command(),
        process.entrypoint(),
        process.environment(),
        process.workingDirectory(),
        process.user(),
        container.hostname(),
        spec.isolation().domainname(),
        spec.labels(),
        spec.network().exposed(),
        spec.volumes(),
        stdio.tty(),
        stdio.openStdin(),
        stdio.stdinOnce(),
        stdio.attachStdin(),
        stdio.attachStdout(),
        stdio.attachStderr(),
        process.stopSignal(),
        process.stopTimeoutSeconds(),
        health(spec.healthcheck()),
        spec.network().disabled(),
        spec.network().macAddress(),
        process.shell().isEmpty() ? null : process.shell());
  }

  static HostConfig host(ContainerRecord container) {
    ContainerSpec spec = container.spec();
    return new HostConfig(
        storage(spec),
        networking(spec.network()),
        isolation(spec),
        ResourceLimits.view(spec.resources()),
        new dev.jcompose.engine.api.config.RestartPolicy(
            spec.restartPolicy().name().text(), spec.restartPolicy().maximumRetries()),
        new dev.jcompose.engine.api.config.LogConfig(
            spec.log().driver().isEmpty() ? "json-file" : spec.log().driver(),
            spec.log().options()),
        spec.autoRemove(),
        spec.isolation().init() ? true : null,
        spec.isolation().runtime().isEmpty() ? "jcompose" : spec.isolation().runtime(),
        spec.annotations());
  }

  private static HostStorage storage(ContainerSpec spec) {
    List<String> binds = new ArrayList<>();
    List<MountSpec> mounts = new ArrayList<>();
    Map<String, String> tmpfs = new LinkedHashMap<>();
    for (MountRequest mount : spec.mounts()) {
      String text = Mounts.text(mount);
      if (text == null) {
        mounts.add(Mounts.spec(mount));
      } else if (mount instanceof MountRequest.Tmpfs) {
        tmpfs.put(mount.target(), text);
      } else {
        binds.add(text);
      }
    }
    long shm = spec.isolation().shmSize();
    return new HostStorage(
        binds,
        mounts,
        tmpfs,
        spec.volumesFrom(),
        "",
        spec.isolation().readOnlyRoot(),
        shm == 0 ? DEFAULT_SHM : shm,
        Map.of());
  }

  private static HostNetworking networking(NetworkSettings network) {
    Map<String, List<PortBinding>> ports = new LinkedHashMap<>();
    for (PortRequest port : network.ports()) {
      ports
          .computeIfAbsent(port.containerPort() + "/" + port.protocol(), key -> new ArrayList<>())
          .add(new PortBinding(port.hostAddress(), hostPort(port)));
    }
    return new HostNetworking(
        network.mode().isEmpty() || network.mode().equals("default") ? "bridge" : network.mode(),
        ports,
        network.publishAll(),
        network.dns(),
        network.dnsOptions(),
        network.dnsSearch(),
        network.extraHosts(),
        network.links());
  }

  private static String hostPort(PortRequest port) {
    if (port.firstHostPort() == 0) {
      return "";
    }
    return port.firstHostPort() == port.lastHostPort()
        ? Integer.toString(port.firstHostPort())
        : port.firstHostPort() + "-" + port.lastHostPort();
  }

  private static HostIsolation isolation(ContainerSpec spec) {
    Isolation isolation = spec.isolation();
    Isolation.NamespaceModes modes = isolation.namespaces();
    return new HostIsolation(
        isolation.privileged(),
        isolation.capAdd(),
        isolation.capDrop(),
        isolation.securityOptions(),
        spec.process().additionalGroups(),
        modes.ipc(),
        modes.pid(),
        modes.uts(),
        modes.user(),
        modes.cgroup(),
        isolation.sysctls(),
        isolation.oomScoreAdj(),
        "",
        isolation.maskedPaths(),
        isolation.readOnlyPaths());
  }

  private static @Nullable HealthConfig health(@Nullable Healthcheck health) {
    return health == null
        ? null
        : new HealthConfig(
            health.test(),
            health.interval().toNanos(),
            health.timeout().toNanos(),
            health.startPeriod().toNanos(),
            health.startInterval().toNanos(),
            health.retries());
  }
}
