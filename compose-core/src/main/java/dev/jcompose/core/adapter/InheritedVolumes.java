package dev.jcompose.core.adapter;

import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.container.MountPoint;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Anonymous volumes that a container has from the one it replaced. Docker takes away with a
 * container only those it made for it; these were given to it by their names, though nobody gave
 * them one. Our own engine knows how they began.
 */
final class InheritedVolumes {
  private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]{64}");

  private final EngineClient client;

  InheritedVolumes(EngineClient client) {
    this.client = client;
  }

  /** The names of those that the engine may leave behind when the container goes. */
  List<String> of(String container) {
    return client.isOwn()
        ? List.of()
        : client.containers().inspect(container).mounts().stream()
            .filter(mount -> mount.type().equals("volume"))
            .map(MountPoint::name)
            .filter(MADE_UP.asMatchPredicate())
            .toList();
  }

  /** Removes those that are still there and that no other container has. */
  void remove(List<String> names) {
    for (String name : names) {
      try {
        client.volumes().remove(name, false);
      } catch (ApiException kept) {
        if (!kept.isNotFound() && !kept.isConflict()) {
          throw kept;
        }
      }
    }
  }
}
