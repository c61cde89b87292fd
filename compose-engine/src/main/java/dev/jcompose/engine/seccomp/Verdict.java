package dev.jcompose.engine.seccomp;

import java.util.List;

/**
 * What a filter says about one call.
 *
 * @param rules tried in order; empty when the answer does not depend on arguments
 * @param otherwise the answer when no rule matches
 */
record Verdict(List<Rule> rules, int otherwise) {
  Verdict {
    rules = List.copyOf(rules);
  }

  /**
   * All conditions must hold.
   *
   * @param answer value the filter returns then
   */
  record Rule(List<Condition> conditions, int answer) {
    Rule {
      conditions = List.copyOf(conditions);
    }
  }
}
