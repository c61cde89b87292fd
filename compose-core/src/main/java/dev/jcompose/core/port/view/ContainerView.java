package dev.jcompose.core.port.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container as one listing call shows it.
 *
 * @param id 64 hexadecimal digits
 * @param name without a leading slash
 * @param image the reference it was created from
 * @param imageId the id of the image it was created from
 * @param command the command line in one text
 * @param statusText the API's own words for people, such as "Up 5 minutes (healthy)"
 * @param exitCode of the last run; 0 while it has none
 * @param networkMode "bridge", "host", "none", "container:ID" or a network's name
 */
public record ContainerView(
    String id,
    String name,
    String image,
    String imageId,
    String command,
    Instant created,
    ContainerStatus status,
    String statusText,
    Health health,
    int exitCode,
    Map<String, String> labels,
    List<PortView> ports,
    List<MountView> mounts,
    String networkMode,
    List<EndpointView> endpoints) {
  public ContainerView {
    labels = Map.copyOf(labels);
    ports = List.copyOf(ports);
    mounts = List.copyOf(mounts);
    endpoints = List.copyOf(endpoints);
  }

  /** A label's value, or the empty text. */
  public String label(String key) {
    return labels.getOrDefault(key, "");
  }
}
