package dev.jcompose.core.port.view;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An image of the engine.
 *
 * @param id {@code sha256:…}
 * @param volumes the mount points its VOLUME instructions declare
 * @param size in bytes
 * @param healthcheck whether it brings a healthcheck of its own
 */
public record ImageView(
    String id,
    List<String> tags,
    Set<String> volumes,
    Map<String, String> labels,
    long size,
    String architecture,
    String os,
    boolean healthcheck) {
  public ImageView {
    tags = List.copyOf(tags);
    volumes = Set.copyOf(volumes);
    labels = Map.copyOf(labels);
  }
}
