package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredNetwork;
import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.DesiredVolume;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.VolumeView;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans {@code down}: dependents go before what they need (compose facts 3.23). */
public final class DownPlanner {
  private static final String CAUSE = "the project is taken down";

  private final ObservedState observed;
  private final @Nullable DesiredState desired;
  private final DownOptions options;
  private final ServiceOrder order;
  private final PlanBuilder plan = new PlanBuilder();

  /** What ends each service's processes, and what removes its containers. */
  private final Map<String, List<PlanBuilder.Draft>> ends = new HashMap<>();

  private final Map<String, PlanBuilder.Draft> removals = new LinkedHashMap<>();

  private DownPlanner(ObservedState observed, @Nullable DesiredState desired, DownOptions options) {
    this.observed = observed;
    this.desired = desired;
    this.options = options;
    this.order = new ServiceOrder(observed, desired);
  }

  /**
   * Makes the plan.
   *
   * @param desired null when there is no Compose file; then everything labelled is the project's
   */
  public static Plan plan(
      ObservedState observed, @Nullable DesiredState desired, DownOptions options) {
    return new DownPlanner(observed, desired, options).plan();
  }

  private Plan plan() {
    List<ContainerView> going = going();
    for (ContainerView container : going) {
      remove(container);
    }
    for (ContainerView container : going) {
      String service = container.label(Labels.SERVICE);
      for (PlanBuilder.Draft end : ends.getOrDefault(service, List.of())) {
        for (String dependent : order.dependentsOf(service).keySet()) {
          if (!dependent.equals(service)) {
            ends.getOrDefault(dependent, List.of()).forEach(other -> end.after(other, false));
          }
        }
      }
    }
    Map<String, NetworkView> networks = networks();
    networks.values().forEach(network -> remove(network, going));
    Map<String, VolumeView> volumes = options.volumes() ? volumes() : Map.of();
    volumes.keySet().forEach(volume -> removeVolume(volume, going));
    images().forEach(this::removeImage);
    if (going.isEmpty() && networks.isEmpty() && volumes.isEmpty()) {
      plan.warn("nothing of project " + observed.project() + " is there");
    }
    return plan.build();
  }

  /**
   * Without a file nobody wants the dependents of what goes to stay behind, so they go, too
   * (compose facts 3.13).
   */
  private Set<String> chosen() {
    if (desired != null) {
      return options.services();
    }
    Set<String> chosen = new LinkedHashSet<>(options.services());
    Deque<String> open = new ArrayDeque<>(chosen);
    while (!open.isEmpty()) {
      for (String dependent : order.dependentsOf(open.pop()).keySet()) {
        if (chosen.add(dependent)) {
          open.add(dependent);
        }
      }
    }
    return chosen;
  }

  private List<ContainerView> going() {
    List<ContainerView> going = new ArrayList<>();
    Set<String> services = chosen();
    for (ContainerView container : observed.containers()) {
      String service = container.label(Labels.SERVICE);
      boolean chosen;
      if (!services.isEmpty()) {
        chosen = services.contains(service);
      } else {
        DesiredState file = desired;
        chosen = file == null || file.known().contains(service) || options.removeOrphans();
      }
      if (chosen && (!ObservedState.isOneOff(container) || options.removeOrphans())) {
        going.add(container);
      }
    }
    for (ContainerView helper : observed.helpers()) {
      String service = helper.label(Labels.SERVICE);
      if (options.services().isEmpty() || options.services().contains(service)) {
        going.add(helper);
      }
    }
    return going;
  }

  private void remove(ContainerView view) {
    ContainerRef container = ContainerRef.existing(view);
    Duration timeout = options.timeout();
    List<PlanBuilder.Draft> serviceEnds =
        ends.computeIfAbsent(view.label(Labels.SERVICE), service -> new ArrayList<>());
    boolean up = view.status().up();
    boolean atOnce = timeout != null && timeout.isZero();
    PlanBuilder.Draft stop = null;
    if (up && !atOnce) {
      stop = plan.add(new Action.StopContainer(container, timeout), CAUSE);
      Hooks.beforeStop(plan, service(view), view, stop);
      serviceEnds.add(stop);
    }
    // With no time to stop in, removing by force is the same in one call less.
    PlanBuilder.Draft removal =
        plan.add(new Action.RemoveContainer(container, up && atOnce, options.volumes()), CAUSE)
            .after(stop);
    if (stop == null) {
      Hooks.beforeStop(plan, service(view), view, removal);
      serviceEnds.add(removal);
    }
    removals.put(view.id(), removal);
  }

  private @Nullable DesiredService service(ContainerView container) {
    DesiredState file = desired;
    return file == null ? null : file.services().get(container.label(Labels.SERVICE));
  }

  private Map<String, NetworkView> networks() {
    Map<String, NetworkView> found = new LinkedHashMap<>();
    DesiredState file = desired;
    if (file != null) {
      Set<String> used = usedNetworks(file);
      for (DesiredNetwork network : file.networks().values()) {
        NetworkView view = observed.networks().get(network.name());
        if (view != null
            && !network.external()
            && used.contains(network.name())
            && isOurs(view.labels())) {
          found.put(view.name(), view);
        }
      }
    } else if (options.services().isEmpty()) {
      observed.networks().values().stream()
          .filter(view -> isOurs(view.labels()))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .forEach(view -> found.put(view.name(), view));
    }
    return found;
  }

  /** Taking only some services down touches only networks that these are in. */
  private Set<String> usedNetworks(DesiredState file) {
    Set<String> used = new LinkedHashSet<>();
    if (options.services().isEmpty()) {
      file.networks().values().forEach(network -> used.add(network.name()));
      return used;
    }
    for (String name : options.services()) {
      DesiredService service = file.services().get(name);
      if (service != null) {
        service
            .template()
            .networking()
            .endpoints()
            .forEach(endpoint -> used.add(endpoint.network()));
      }
    }
    return used;
  }

  private void remove(NetworkView network, List<ContainerView> going) {
    PlanBuilder.Draft removal =
        plan.add(new Action.RemoveNetwork(network.name(), network.id()), CAUSE);
    for (ContainerView container : going) {
      boolean inIt =
          container.endpoints().stream().anyMatch(e -> e.network().equals(network.name()));
      if (inIt) {
        removal.after(removals.get(container.id()), false);
      }
    }
  }

  private Map<String, VolumeView> volumes() {
    Map<String, VolumeView> found = new LinkedHashMap<>();
    DesiredState file = desired;
    if (file != null) {
      for (DesiredVolume volume : file.volumes().values()) {
        VolumeView view = observed.volumes().get(volume.name());
        if (view != null && !volume.external() && isOurs(view.labels())) {
          found.put(view.name(), view);
        }
      }
    } else if (options.services().isEmpty()) {
      observed.volumes().values().stream()
          .filter(view -> isOurs(view.labels()))
          .sorted((a, b) -> a.name().compareTo(b.name()))
          .forEach(view -> found.put(view.name(), view));
    }
    return found;
  }

  private void removeVolume(String name, List<ContainerView> going) {
    PlanBuilder.Draft removal = plan.add(new Action.RemoveVolume(name), CAUSE);
    for (ContainerView container : going) {
      if (container.mounts().stream().anyMatch(mount -> mount.name().equals(name))) {
        removal.after(removals.get(container.id()), false);
      }
    }
  }

  private Set<String> images() {
    Set<String> images = new LinkedHashSet<>();
    DesiredState file = desired;
    if (options.images() == DownOptions.Images.NONE || file == null) {
      return images;
    }
    for (DesiredService service : file.services().values()) {
      boolean local =
          service.image().built()
              && service
                  .image()
                  .reference()
                  .equals(file.project() + file.separator() + service.name());
      if ((local || options.images() == DownOptions.Images.ALL)
          && observed.images().containsKey(service.image().reference())) {
        images.add(service.image().reference());
      }
    }
    return images;
  }

  private void removeImage(String reference) {
    PlanBuilder.Draft removal = plan.add(new Action.RemoveImage(reference), CAUSE);
    removals.values().forEach(container -> removal.after(container, false));
  }

  private boolean isOurs(Map<String, String> labels) {
    return observed.project().equals(labels.get(Labels.PROJECT));
  }
}
