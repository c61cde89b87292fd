package dev.jcompose.core.port.spec;

import java.util.Map;
import java.util.function.Consumer;
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
    return changed(draft -> draft.process = newProcess);
  }

  public ContainerSpec withName(String newName) {
    return changed(draft -> draft.name = newName);
  }

  public ContainerSpec withLabels(Map<String, String> newLabels) {
    return changed(draft -> draft.labels = newLabels);
  }

  public ContainerSpec withNetworking(NetworkingSpec newNetworking) {
    return changed(draft -> draft.networking = newNetworking);
  }

  public ContainerSpec withStorage(StorageSpec newStorage) {
    return changed(draft -> draft.storage = newStorage);
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
    return changed(
        draft -> {
          draft.networking = networking.mapped(references);
          draft.storage = storage.mapped(references);
          draft.isolation = isolation.mapped(references);
        });
  }

  private ContainerSpec changed(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new ContainerSpec(
        draft.name,
        image,
        platform,
        draft.labels,
        annotations,
        draft.process,
        draft.networking,
        draft.storage,
        draft.isolation,
        limits,
        healthcheck,
        logging,
        restart,
        autoRemove);
  }

  /** What the methods above change, one or a few at a time. */
  private static final class Draft {
    private String name;
    private Map<String, String> labels;
    private ProcessSpec process;
    private NetworkingSpec networking;
    private StorageSpec storage;
    private IsolationSpec isolation;

    Draft(ContainerSpec spec) {
      name = spec.name;
      labels = spec.labels;
      process = spec.process;
      networking = spec.networking;
      storage = spec.storage;
      isolation = spec.isolation;
    }
  }
}
