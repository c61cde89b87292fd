package dev.jcompose.core.port.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image of the engine.
 *
 * @param id {@code sha256:…}
 * @param volumes the mount points its VOLUME instructions declare
 * @param size in bytes
 * @param healthcheck whether it brings a healthcheck of its own
 * @param lastTagged when it was last pulled, built or tagged; null when the engine does not say
 */
public record ImageView(
    String id,
    List<String> tags,
    Set<String> volumes,
    Map<String, String> labels,
    long size,
    String architecture,
    String os,
    boolean healthcheck,
    @Nullable Instant lastTagged) {
  public ImageView {
    tags = List.copyOf(tags);
    volumes = Set.copyOf(volumes);
    labels = Map.copyOf(labels);
  }
}
