package dev.jcompose.cli.command.image;

import dev.jcompose.cli.session.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of {@code --filter}. */
final class Filters {
  private Filters() {}

  /**
   * Sorts {@code key=value} texts by key.
   *
   * @param verb such as {@code jcompose image ls}, for the sentence when one is malformed
   */
  static Map<String, List<String>> parse(String verb, List<String> texts) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw UserError.usage(
            verb + " --filter \"" + text + "\" is malformed; write key=value, as in dangling=true");
      }
      // A label that must not be there is written label!=x.
      String key = text.substring(0, equals);
      filters.computeIfAbsent(key, name -> new ArrayList<>()).add(text.substring(equals + 1));
    }
    return filters;
  }
}
