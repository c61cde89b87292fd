package dev.jcompose.core.port.spec;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A container to create.
 *
 * @param image a reference or an id
 * @param platform {@code os/arch[/variant]}, null for any
 * @param healthcheck null for the image's own
 * @param autoRemove whether the engine removes it when it exits
 */
public record ContainerSpec(
    String name,
    String image,
    @Nullable String platform,
    Map<String, String> labels,
    Map<String, String> annotations,
    ProcessSpec process,
    NetworkingSpec networking,
    StorageSpec storage,
    IsolationSpec isolation,
    LimitsSpec limits,
    @Nullable HealthcheckSpec healthcheck,
    LogSpec logging,
    RestartSpec restart,
    boolean autoRemove) {
  public ContainerSpec {
    labels = Ordered.copy(labels);
    annotations = Ordered.copy(annotations);
  }

  /** The same with another main process. */
  public ContainerSpec withProcess(ProcessSpec newProcess) {
    return new ContainerSpec(
        name,
        image,
        platform,
        labels,
        annotations,
        newProcess,
        networking,
        storage,
        isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  public ContainerSpec withName(String newName) {
    return new ContainerSpec(
        newName,
        image,
        platform,
        labels,
        annotations,
        process,
        networking,
        storage,
        isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  public ContainerSpec withLabels(Map<String, String> newLabels) {
    return new ContainerSpec(
        name,
        image,
        platform,
        newLabels,
        annotations,
        process,
        networking,
        storage,
        isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  public ContainerSpec withNetworking(NetworkingSpec newNetworking) {
    return new ContainerSpec(
        name,
        image,
        platform,
        labels,
        annotations,
        process,
        newNetworking,
        storage,
        isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  public ContainerSpec withStorage(StorageSpec newStorage) {
    return new ContainerSpec(
        name,
        image,
        platform,
        labels,
        annotations,
        process,
        networking,
        newStorage,
        isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  /**
   * The same with every {@code service:NAME} turned into the container the mapping gives for NAME.
   */
  public ContainerSpec withServices(UnaryOperator<String> serviceToContainer) {
    return mapped(new References(References.SERVICE, serviceToContainer));
  }

  /**
   * The same with NAME of every {@code container:NAME} put through a mapping, because names move
   * while containers are replaced and ids do not.
   */
  public ContainerSpec withContainers(UnaryOperator<String> nameToId) {
    return mapped(new References(References.CONTAINER, nameToId));
  }

  private ContainerSpec mapped(References references) {
    return new ContainerSpec(
        name,
        image,
        platform,
        labels,
        annotations,
        process,
        networking.mapped(references),
        storage.mapped(references),
        isolation.mapped(references),
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }
}
