package dev.jcompose.engine.http;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a path: literal segments, {@code {name}} for one segment, {@code {name...}} for one
 * or more, as names of images have slashes.
 */
record PathTemplate(List<String> parts) {
  static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("\"" + text + "\" does not start with a slash");
    }
    return new PathTemplate(segments(text));
  }

  PathTemplate {
    parts = List.copyOf(parts);
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The variables of a path when it fits, else null. */
  @Nullable Map<String, String> match(List<String> path) {
    Map<String, String> variables = new HashMap<>();
    return match(parts, path, variables) ? variables : null;
  }

  private static boolean match(
      List<String> parts, List<String> path, Map<String, String> variables) {
    if (parts.isEmpty() || path.isEmpty()) {
      return parts.isEmpty() && path.isEmpty();
    }
    String part = parts.getFirst();
    List<String> later = parts.subList(1, parts.size());
    if (!part.startsWith("{")) {
      return part.equals(path.getFirst()) && match(later, path.subList(1, path.size()), variables);
    }
    int longest = part.endsWith("...}") ? path.size() : 1;
    String name = part.substring(1, part.length() - (part.endsWith("...}") ? 4 : 1));
    for (int end = longest; end > 0; end--) {
      String value = String.join("/", path.subList(0, end));
      if (!value.isEmpty() && match(later, path.subList(end, path.size()), variables)) {
        variables.put(name, value);
        return true;
      }
    }
    return false;
  }

  /** The text it was parsed from. */
  @Override
  public String toString() {
    return "/" + String.join("/", parts);
  }
}
