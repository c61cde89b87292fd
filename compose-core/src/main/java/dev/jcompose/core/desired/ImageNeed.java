package dev.jcompose.core.desired;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.project.process.PullPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An image a service runs on or mounts.
 *
 * @param reference as it is given to the engine
 * @param platform {@code os/arch[/variant]}, null for any
 * @param policy when it is fetched, "missing" when the file does not say
 * @param policyGiven whether the file says so
 * @param build how it is made; null when the service has no build section
 * @param named whether the file names the image, as against a name that only a build gives
 */
public record ImageNeed(
    String reference,
    @Nullable String platform,
    PullPolicy policy,
    boolean policyGiven,
    @Nullable BuildSpec build,
    boolean named) {
  /** Whether it can be made here. */
  public boolean built() {
    return build != null;
  }

  ImageNeed pulling(PullPolicy other) {
    return new ImageNeed(reference, platform, other, true, build, named);
  }

  ImageNeed withoutBuild() {
    return new ImageNeed(reference, platform, policy, policyGiven, null, named);
  }
}
