package dev.jcompose.engine.build.check;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of a stage after the instructions looked at so far. */
final class StageFacts {
  final Map<String, String> variables = new LinkedHashMap<>();

  /** Whether all variables the base sets are known. */
  boolean isKnown;

  boolean hasShell;
  boolean hasWorkdir;

  /** What a stage that is built on this one begins with. */
  StageFacts copy() {
    StageFacts copy = new StageFacts();
    copy.variables.putAll(variables);
    copy.isKnown = isKnown;
    copy.hasShell = hasShell;
    copy.hasWorkdir = hasWorkdir;
    return copy;
  }
}
