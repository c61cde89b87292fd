package dev.jcompose.core.observed;

import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.VolumeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What exists of a project at one moment.
 *
 * @param containers all of the project's containers
 * @param helpers containers that ran before a service started and failed; no verb shows them
 * @param networks by name; also other projects', because names may be taken and externals are used
 * @param volumes by name; likewise
 * @param adjustables by id, what can be changed of those whose configuration hash differs
 * @param images by the reference they were looked up with; absent ones have no entry
 */
public record ObservedState(
    String project,
    List<ContainerView> containers,
    List<ContainerView> helpers,
    Map<String, NetworkView> networks,
    Map<String, VolumeView> volumes,
    Map<String, ImageView> images,
    Map<String, Adjustable> adjustables) {
  public ObservedState {
    adjustables = Map.copyOf(adjustables);
    containers = List.copyOf(containers);
    helpers = List.copyOf(helpers);
    networks = Map.copyOf(networks);
    volumes = Map.copyOf(volumes);
    images = Map.copyOf(images);
  }

  /** Without helpers. */
  public ObservedState(
      String project,
      List<ContainerView> containers,
      Map<String, NetworkView> networks,
      Map<String, VolumeView> volumes,
      Map<String, ImageView> images) {
    this(project, containers, List.of(), networks, volumes, images, Map.of());
  }

  /** The same with what can be changed of some containers, by id. */
  public ObservedState withAdjustables(Map<String, Adjustable> known) {
    return new ObservedState(project, containers, helpers, networks, volumes, images, known);
  }

  /** Those that ran before a service started. */
  public List<ContainerView> helpersOf(String service) {
    return helpers.stream().filter(c -> c.label(Labels.SERVICE).equals(service)).toList();
  }

  /** The same with more images. */
  public ObservedState withImages(Map<String, ImageView> more) {
    Map<String, ImageView> all = new LinkedHashMap<>(images);
    all.putAll(more);
    return new ObservedState(project, containers, helpers, networks, volumes, all, adjustables);
  }

  /** The same without the numbered containers of some services. */
  public ObservedState without(Set<String> services) {
    return new ObservedState(
        project,
        containers.stream()
            .filter(c -> isOneOff(c) || !services.contains(c.label(Labels.SERVICE)))
            .toList(),
        helpers,
        networks,
        volumes,
        images,
        adjustables);
  }

  /** The numbered containers of each service, lowest number first; one-offs are not among them. */
  public Map<String, List<ContainerView>> replicas() {
    Map<String, List<ContainerView>> byService = new LinkedHashMap<>();
    for (ContainerView container : containers) {
      if (!isOneOff(container)) {
        byService
            .computeIfAbsent(container.label(Labels.SERVICE), service -> new ArrayList<>())
            .add(container);
      }
    }
    for (List<ContainerView> replicas : byService.values()) {
      replicas.sort(
          Comparator.comparingInt(ObservedState::number).thenComparing(ContainerView::name));
    }
    return byService;
  }

  /** Containers made by {@code run}. */
  public List<ContainerView> oneOffs() {
    return containers.stream().filter(ObservedState::isOneOff).toList();
  }

  /** The number in a container's label, 0 when it has none. */
  public static int number(ContainerView container) {
    try {
      return Integer.parseInt(container.label(Labels.NUMBER));
    } catch (NumberFormatException notANumber) {
      return 0;
    }
  }

  /** Whether {@code run} made it. */
  public static boolean isOneOff(ContainerView container) {
    return container.label(Labels.ONE_OFF).equalsIgnoreCase("true");
  }
}
