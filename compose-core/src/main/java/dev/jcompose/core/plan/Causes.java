package dev.jcompose.core.plan;

import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;

/** Words for why a step is taken that more than one planner needs. */
final class Causes {
  private Causes() {}

  /** Why a container that does not run is started. */
  static String down(ContainerView container) {
    return container.status() == ContainerStatus.CREATED
        ? "it was never started"
        : "it ended with code " + container.exitCode();
  }
}
