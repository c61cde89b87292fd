package dev.jcompose.core.plan;

import dev.jcompose.core.port.view.ContainerView;
import org.jspecify.annotations.Nullable;

/**
 * A container in a plan.
 *
 * @param name the name it has, or will have when the plan is done
 * @param id null when a step of the plan makes it
 */
public record ContainerRef(String name, @Nullable String id) {
  static ContainerRef existing(ContainerView view) {
    return new ContainerRef(view.name(), view.id());
  }

  static ContainerRef made(String name) {
    return new ContainerRef(name, null);
  }

  @Override
  public String toString() {
    return name;
  }
}
