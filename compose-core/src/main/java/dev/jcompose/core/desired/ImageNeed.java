package dev.jcompose.core.desired;

import dev.jcompose.core.project.process.PullPolicy;
import org.jspecify.annotations.Nullable;

/**
 * An image a service runs on.
 *
 * @param reference as it is given to the engine
 * @param platform {@code os/arch[/variant]}, null for any
 * @param policy when it is fetched, "missing" when the file does not say
 * @param built whether the service has a build section
 */
public record ImageNeed(
    String reference, @Nullable String platform, PullPolicy policy, boolean built) {}
