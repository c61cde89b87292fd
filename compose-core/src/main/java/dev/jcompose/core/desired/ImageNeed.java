package dev.jcompose.core.desired;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.project.process.PullPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An image a service runs on.
 *
 * @param reference as it is given to the engine
 * @param platform {@code os/arch[/variant]}, null for any
 * @param policy when it is fetched, "missing" when the file does not say
 * @param build how it is made; null when the service has no build section
 */
public record ImageNeed(
    String reference, @Nullable String platform, PullPolicy policy, @Nullable BuildSpec build) {
  /** Whether it can be made here. */
  public boolean built() {
    return build != null;
  }
}
