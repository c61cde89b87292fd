package dev.jcompose.core.port.stream;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted.
 *
 * @param labels {@code key} or {@code key=value}, all of which must be there
 * @param types "container", "network", "volume", "image"; empty for all
 * @param containers ids or names; empty for all
 * @param since replay from here first, null for none of the past
 * @param until end here, null for never
 */
public record EventRequest(
    List<String> labels,
    List<String> types,
    List<String> containers,
    @Nullable Instant since,
    @Nullable Instant until) {
  public EventRequest {
    labels = List.copyOf(labels);
    types = List.copyOf(types);
    containers = List.copyOf(containers);
  }

  /** Container events of a label, from now on. */
  public static EventRequest containersWith(String label) {
    return new EventRequest(List.of(label), List.of("container"), List.of(), null, null);
  }
}
