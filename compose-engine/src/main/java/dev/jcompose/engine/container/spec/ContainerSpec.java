package dev.jcompose.engine.container.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container was asked to be. As it comes from a client it holds only what the client said;
 * the stored one has the image's configuration merged in.
 *
 * @param image the reference as the client wrote it
 * @param process what runs
 * @param labels the client's labels; in a stored spec over those of the image
 * @param annotations free text for OCI runtimes
 * @param mounts volumes, binds and tmpfs asked for
 * @param volumes paths in the container that get an anonymous volume unless something is mounted
 *     there
 * @param volumesFrom {@code container[:ro|rw]}: containers whose mounts are taken over
 * @param network networks, ports, names
 * @param isolation capabilities, namespaces, paths, sysctls
 * @param resources limits
 * @param restartPolicy what happens after an exit
 * @param log how output is kept
 * @param healthcheck how health is probed; null in a request means the image's
 * @param autoRemove remove the container and its anonymous volumes when it stops
 * @param platform {@code os/arch[/variant]}, or null for the machine's
 */
public record ContainerSpec(
    String image,
    ProcessSettings process,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<MountRequest> mounts,
    List<String> volumes,
    List<String> volumesFrom,
    NetworkSettings network,
    Isolation isolation,
    HostResources resources,
    RestartPolicy restartPolicy,
    LogConfig log,
    @Nullable Healthcheck healthcheck,
    boolean autoRemove,
    @Nullable String platform) {
  public ContainerSpec {
    labels = Copies.map(labels);
    annotations = Copies.map(annotations);
    mounts = List.copyOf(mounts);
    volumes = List.copyOf(volumes);
    volumesFrom = List.copyOf(volumesFrom);
  }

  /** A container of {@code image} with everything else left to the image and the defaults. */
  public static ContainerSpec ofImage(String image) {
    return new ContainerSpec(
        image,
        ProcessSettings.NONE,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        NetworkSettings.DEFAULT,
        Isolation.DEFAULT,
        HostResources.UNLIMITED,
        RestartPolicy.NO,
        LogConfig.DEFAULT,
        null,
        false,
        null);
  }

  public ContainerSpec withProcess(ProcessSettings changed) {
    return new ContainerSpec(
        image,
        changed,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withMounts(List<MountRequest> changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        changed,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withNetwork(NetworkSettings changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        changed,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withIsolation(Isolation changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        changed,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withLimits(HostResources changed, RestartPolicy policy) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        changed,
        policy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withHealthcheck(@Nullable Healthcheck changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        changed,
        autoRemove,
        platform);
  }

  public ContainerSpec withAutoRemove(boolean changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        changed,
        platform);
  }

  public ContainerSpec withLabels(Map<String, String> changed) {
    return new ContainerSpec(
        image,
        process,
        changed,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withVolumes(List<String> changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        changed,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        log,
        healthcheck,
        autoRemove,
        platform);
  }

  public ContainerSpec withLog(LogConfig changed) {
    return new ContainerSpec(
        image,
        process,
        labels,
        annotations,
        mounts,
        volumes,
        volumesFrom,
        network,
        isolation,
        resources,
        restartPolicy,
        changed,
        healthcheck,
        autoRemove,
        platform);
  }
}
