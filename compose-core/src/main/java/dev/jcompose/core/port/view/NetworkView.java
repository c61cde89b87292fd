package dev.jcompose.core.port.view;

import java.util.Map;

/** A network of the engine. */
public record NetworkView(String id, String name, String driver, Map<String, String> labels) {
  public NetworkView {
    labels = Map.copyOf(labels);
  }
}
