package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.DesiredState;
import org.jspecify.annotations.Nullable;

/**
 * Which project an operation is about.
 *
 * @param desired null when there is no Compose file at hand; then labels say what there is
 */
public record ProjectScope(String name, @Nullable DesiredState desired) {
  public static ProjectScope of(DesiredState desired) {
    return new ProjectScope(desired.project(), desired);
  }

  /** A project known only by its name. */
  public static ProjectScope named(String name) {
    return new ProjectScope(name, null);
  }
}
