package dev.jcompose.core.plan;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How {@code down} goes about it.
 *
 * @param services the services named by the user; empty for all
 * @param removeOrphans whether containers of services that are no more, and one-offs, go too
 * @param volumes whether named and anonymous volumes go too
 * @param images which images go too
 * @param timeout for stopping, null for each container's own
 */
public record DownOptions(
    Set<String> services,
    boolean removeOrphans,
    boolean volumes,
    Images images,
    @Nullable Duration timeout) {

  /** Which images are removed. */
  public enum Images {
    NONE,
    /** Those without a name given in the file. */
    LOCAL,
    ALL
  }

  /** Everything as {@code down} without flags. */
  public static final DownOptions DEFAULT =
      new DownOptions(Set.of(), false, false, Images.NONE, null);

  public DownOptions {
    services = Set.copyOf(services);
  }
}
