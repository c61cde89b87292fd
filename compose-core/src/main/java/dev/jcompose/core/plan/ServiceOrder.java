package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DependsOnLabel;
import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.graph.NeedGraph;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.project.Dependency;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which service needs which: from the Compose file where there is one, from the containers' labels
 * for all services it does not know.
 */
final class ServiceOrder {
  private final Map<String, Map<String, Dependency>> dependencies = new LinkedHashMap<>();
  private final NeedGraph<String> graph = new NeedGraph<>();

  ServiceOrder(ObservedState observed, @Nullable DesiredState desired) {
    for (ContainerView container : observed.containers()) {
      dependencies.putIfAbsent(
          container.label(Labels.SERVICE),
          DependsOnLabel.parse(container.label(Labels.DEPENDS_ON)));
    }
    if (desired != null) {
      for (DesiredService service : desired.services().values()) {
        dependencies.put(service.name(), service.dependencies());
      }
    }
    dependencies.forEach(
        (service, needs) -> {
          graph.add(service);
          for (String need : needs.keySet()) {
            if (!need.equals(service)) {
              graph.need(service, need);
            }
          }
        });
    if (graph.cycle().isPresent()) {
      // Labels of different times can make a ring; any order is right then.
      dependencies.replaceAll((service, needs) -> Map.of());
    }
  }

  Map<String, Dependency> needsOf(String service) {
    return dependencies.getOrDefault(service, Map.of());
  }

  Set<String> withNeeds(Collection<String> services) {
    return graph.withNeeds(services);
  }

  /** The services that need one of these directly, with what they need it for. */
  Map<String, Dependency> dependentsOf(String service) {
    Map<String, Dependency> dependents = new LinkedHashMap<>();
    dependencies.forEach(
        (name, needs) -> {
          Dependency dependency = needs.get(service);
          if (dependency != null) {
            dependents.put(name, dependency);
          }
        });
    return dependents;
  }
}
