package dev.jcompose.engine.container.live;

import dev.jcompose.engine.container.spec.ContainerSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Labels and variables that the log options {@code labels} and {@code env} add to each entry. */
final class LogAttributes {
  private LogAttributes() {}

  static Map<String, String> of(ContainerSpec spec) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Map<String, String> options = spec.log().options();
    for (String label : options.getOrDefault("labels", "").split(",", -1)) {
      String value = spec.labels().get(label);
      if (value != null) {
        attributes.put(label, value);
      }
    }
    for (String name : options.getOrDefault("env", "").split(",", -1)) {
      for (String entry : spec.process().environment()) {
        if (!name.isEmpty() && entry.startsWith(name + "=")) {
          attributes.put(name, entry.substring(name.length() + 1));
        }
      }
    }
    return attributes;
  }
}
