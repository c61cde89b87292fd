package dev.jcompose.core.plan;

import dev.jcompose.core.project.process.PullPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * How {@code pull} goes about it.
 *
 * @param services whose images; empty for all
 * @param policy "always" or "missing" instead of what each service says; empty to ask the services
 * @param ignoreBuildable whether services that are built are left out
 */
public record PullOptions(
    Set<String> services, Optional<PullPolicy.Kind> policy, boolean ignoreBuildable) {
  public PullOptions {
    services = Set.copyOf(services);
  }
}
