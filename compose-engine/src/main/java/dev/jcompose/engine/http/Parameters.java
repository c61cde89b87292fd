package dev.jcompose.engine.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a request. Of a parameter given twice the first counts, as Docker has it. */
public final class Parameters {
  private static final Set<String> FALSE = Set.of("", "0", "no", "false", "none");

  private final Map<String, List<String>> values;

  Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** The parameter's text, "" when absent. */
  public String string(String name) {
    List<String> given = values.get(name);
    return given == null || given.isEmpty() ? "" : given.getFirst();
  }

  /** The parameter's text, null when absent or empty. */
  public @Nullable String stringOrNull(String name) {
    String text = string(name);
    return text.isEmpty() ? null : text;
  }

  /** All texts of a parameter that may be repeated. */
  public List<String> strings(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Docker's truth: false when absent, empty, 0, no, false or none in any case, else true. */
  public boolean flag(String name) {
    return !FALSE.contains(string(name).strip().toLowerCase(Locale.ROOT));
  }

  /** Whether the parameter was given at all. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The parameter as a whole number, null when absent; anything else is a bad request. */
  public @Nullable Integer integerOrNull(String name) {
    String text = string(name);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw HttpProblem.badRequest("the parameter " + name + "=" + text + " is not a number");
    }
  }

  /** The parameter {@code filters}; a key that is not known is a bad request. */
  public Filters filters(String... known) {
    return Filters.parse(string("filters"), Set.of(known));
  }
}
