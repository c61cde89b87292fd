package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.port.view.ContainerView;
import java.util.List;

/**
 * What becomes of a service's containers.
 *
 * @param replicas those that stay, are replaced or are made
 * @param surplus those that go
 */
record Decision(DesiredService service, List<Replica> replicas, List<Surplus> surplus) {

  /** A container that goes, and why. */
  record Surplus(ContainerView container, String cause) {}

  /** Whether anything that lives with the first container has to be made anew. */
  boolean firstIsMade() {
    return !replicas.isEmpty() && replicas.getFirst().isMade();
  }

  boolean replacesAny() {
    for (Replica replica : replicas) {
      if (replica.replaced != null) {
        return true;
      }
    }
    return false;
  }
}
