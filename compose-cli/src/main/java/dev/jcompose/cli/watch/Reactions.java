package dev.jcompose.cli.watch;

import java.util.Optional;
import java.util.Set;

/** What a watch has others do. Each call says itself what went wrong, and the watch goes on. */
public interface Reactions {
  /** Builds the images of services and replaces their containers. */
  void rebuild(Set<String> services);

  /** Restarts services, with those that are to be restarted with them. */
  void restart(Set<String> services);

  /**
   * Reads the project again.
   *
   * @return what is watched from now on; empty when it stays as it is, because the project cannot
   *     be read
   */
  Optional<WatchPlan> reload();

  /** Makes the machine match the project as it was read last. */
  void converge();
}
