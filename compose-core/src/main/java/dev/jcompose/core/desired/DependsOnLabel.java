package dev.jcompose.core.desired;

import dev.jcompose.core.project.Dependency;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code depends_on} label, by which commands know the order of services without a Compose
 * file: {@code db:service_healthy:false,cache:service_started:true}.
 */
public final class DependsOnLabel {
  private DependsOnLabel() {}

  /** The label's text; whether a dependency is required is not part of it. */
  public static String format(Map<String, Dependency> dependencies) {
    StringBuilder text = new StringBuilder();
    dependencies.forEach(
        (service, dependency) ->
            text.append(text.isEmpty() ? "" : ",")
                .append(service)
                .append(':')
                .append(dependency.condition())
                .append(':')
                .append(dependency.restart()));
    return text.toString();
  }

  /** Reads {@link #format}; what is left out of an entry counts as the default. */
  public static Map<String, Dependency> parse(String label) {
    Map<String, Dependency> dependencies = new LinkedHashMap<>();
    for (String entry : label.split(",", -1)) {
      String[] parts = entry.split(":", 3);
      if (!parts[0].isBlank()) {
        dependencies.put(
            parts[0].strip(),
            new Dependency(
                Dependency.Condition.of(parts.length > 1 ? parts[1] : ""),
                parts.length > 2 && Boolean.parseBoolean(parts[2]),
                true));
      }
    }
    return dependencies;
  }
}
