package dev.jcompose.core.load;

import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that a file's values were filled in from.
 *
 * @param values by name
 * @param sources where those of env files stand, by name; all others come from the process
 *     environment
 */
public record VariableScope(Map<String, String> values, Map<String, String> sources) {
  /** Does not copy: nobody changes the variables any more. */
  public VariableScope {
    values = Collections.unmodifiableMap(values);
    sources = Collections.unmodifiableMap(sources);
  }

  /** A variable with its value and where it came from, in words. */
  public String explain(String name) {
    @Nullable String value = values.get(name);
    return value == null
        ? name + " is not set"
        : name + "=" + value + " from " + sources.getOrDefault(name, "the environment");
  }
}
