package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which of a service's containers stay, are replaced, go, or are still to be made. */
final class Deciding {
  private final DesiredState desired;
  private final ObservedState observed;
  private final UpOptions options;
  private final Set<String> renewedNetworks;
  private final Map<String, List<ContainerView>> existing;

  Deciding(
      DesiredState desired,
      ObservedState observed,
      UpOptions options,
      Set<String> renewedNetworks) {
    this.desired = desired;
    this.observed = observed;
    this.options = options;
    this.renewedNetworks = renewedNetworks;
    this.existing = observed.replicas();
  }

  private record Judged(ContainerView container, @Nullable String cause) {}

  Decision decide(DesiredService service, Map<String, Decision> before) {
    Divergence divergence = new Divergence(observed, before, renewedNetworks);
    UpOptions.Recreate policy = options.recreate(service.name());
    // Containers that are as they should be come first, so obsolete ones are the first to go, then
    // those with the highest numbers (compose facts 3.11).
    List<Judged> current = new ArrayList<>();
    List<Judged> obsolete = new ArrayList<>();
    List<Decision.Surplus> surplus = new ArrayList<>();
    int highest = 0;
    List<ContainerView> there = existing.getOrDefault(service.name(), List.of());
    for (ContainerView container : there) {
      if (container.status() == ContainerStatus.REMOVING) {
        continue;
      }
      highest = Math.max(highest, ObservedState.number(container));
      if (isLeftOver(container, there)) {
        surplus.add(new Decision.Surplus(container, "it was to replace another and never did"));
        continue;
      }
      String cause = divergence.cause(service, container, policy);
      (cause == null ? current : obsolete).add(new Judged(container, cause));
    }
    current.addAll(obsolete);
    List<Replica> replicas = new ArrayList<>();
    for (Judged judged : current) {
      if (replicas.size() < service.replicas()) {
        int number = Math.max(1, ObservedState.number(judged.container()));
        Replica replica = replica(service, number, judged.container(), judged.cause());
        if (judged.cause() == null && policy == UpOptions.Recreate.DIVERGED) {
          replica.adjustment = divergence.adjustment(service, judged.container());
        }
        replicas.add(replica);
      } else {
        surplus.add(
            new Decision.Surplus(
                judged.container(),
                "service " + service.name() + " is to have " + containers(service.replicas())));
      }
    }
    while (replicas.size() < service.replicas()) {
      replicas.add(replica(service, ++highest, null, null));
    }
    return new Decision(service, List.copyOf(replicas), List.copyOf(surplus));
  }

  /** A replacement that was interrupted leaves a second container of the same number. */
  private static boolean isLeftOver(ContainerView container, List<ContainerView> all) {
    return all.stream()
        .anyMatch(other -> container.name().equals(ReplicaSpecs.temporaryName(other)));
  }

  private Replica replica(
      DesiredService service,
      int number,
      @Nullable ContainerView container,
      @Nullable String replaced) {
    return new Replica(
        service, number, desired.containerName(service, number), container, replaced);
  }

  private static String containers(int count) {
    return switch (count) {
      case 0 -> "no container";
      case 1 -> "1 container";
      default -> count + " containers";
    };
  }
}
