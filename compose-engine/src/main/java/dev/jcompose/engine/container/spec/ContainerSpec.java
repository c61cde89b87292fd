package dev.jcompose.engine.container.spec;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /** The same running this. */
  public ContainerSpec withProcess(ProcessSettings changed) {
    return changed(draft -> draft.process = changed);
  }

  /** The same with these mounts. */
  public ContainerSpec withMounts(List<MountRequest> changed) {
    return changed(draft -> draft.mounts = changed);
  }

  /** The same with these networks, ports and names. */
  public ContainerSpec withNetwork(NetworkSettings changed) {
    return changed(draft -> draft.network = changed);
  }

  /** The same with this isolation. */
  public ContainerSpec withIsolation(Isolation changed) {
    return changed(draft -> draft.isolation = changed);
  }

  /** The same with these limits and this restart policy. */
  public ContainerSpec withLimits(HostResources changed, RestartPolicy policy) {
    return changed(
        draft -> {
          draft.resources = changed;
          draft.restartPolicy = policy;
        });
  }

  /** The same with this health check; null leaves it to the image. */
  public ContainerSpec withHealthcheck(@Nullable Healthcheck changed) {
    return changed(draft -> draft.healthcheck = changed);
  }

  /** The same with or without removal when it stops. */
  public ContainerSpec withAutoRemove(boolean changed) {
    return changed(draft -> draft.autoRemove = changed);
  }

  /** The same with these labels. */
  public ContainerSpec withLabels(Map<String, String> changed) {
    return changed(draft -> draft.labels = changed);
  }

  /** The same with these anonymous volumes. */
  public ContainerSpec withVolumes(List<String> changed) {
    return changed(draft -> draft.volumes = changed);
  }

  /** The same with output kept this way. */
  public ContainerSpec withLog(LogConfig changed) {
    return changed(draft -> draft.log = changed);
  }

  private ContainerSpec changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new ContainerSpec(
        image,
        draft.process,
        draft.labels,
        annotations,
        draft.mounts,
        draft.volumes,
        volumesFrom,
        draft.network,
        draft.isolation,
        draft.resources,
        draft.restartPolicy,
        draft.log,
        draft.healthcheck,
        draft.autoRemove,
        platform);
  }

  /** The components that change after a spec is made; Java has no `with` for records. */
  private static final class Draft {
    private ProcessSettings process;
    private Map<String, String> labels;
    private List<MountRequest> mounts;
    private List<String> volumes;
    private NetworkSettings network;
    private Isolation isolation;
    private HostResources resources;
    private RestartPolicy restartPolicy;
    private LogConfig log;
    private @Nullable Healthcheck healthcheck;
    private boolean autoRemove;

    Draft(ContainerSpec spec) {
      process = spec.process;
      labels = spec.labels;
      mounts = spec.mounts;
      volumes = spec.volumes;
      network = spec.network;
      isolation = spec.isolation;
      resources = spec.resources;
      restartPolicy = spec.restartPolicy;
      log = spec.log;
      healthcheck = spec.healthcheck;
      autoRemove = spec.autoRemove;
    }
  }
}
