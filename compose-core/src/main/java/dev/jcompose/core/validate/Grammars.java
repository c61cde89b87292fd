package dev.jcompose.core.validate;

import dev.jcompose.core.attribute.Grammar;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.project.process.RestartPolicy;

/** Whether a text follows a grammar; the value objects own most of them. */
final class Grammars {
  private Grammars() {}

  static boolean accepts(Grammar grammar, String text) {
    return switch (grammar) {
      case ANY -> true;
      case CONTAINER_NAME -> isContainerName(text);
      case RESTART_POLICY -> text.isEmpty() || RestartPolicy.parse(text) != null;
      case PULL_POLICY -> PullPolicy.parse(text) != null;
    };
  }

  private static boolean isContainerName(String name) {
    if (name.length() < 2) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && (i == 0 || (c != '_' && c != '.' && c != '-'))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a key of a section is a name. */
  static boolean isName(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !key.isEmpty();
  }
}
