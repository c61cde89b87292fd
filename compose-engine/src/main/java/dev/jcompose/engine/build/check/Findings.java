package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SourceText;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects warnings, except those that somebody does not want. */
final class Findings {
  /** More than these are not read by anybody. */
  private static final int MOST = 500;

  private static final String SKIP = "check=skip=";

  private final SourceText source;
  private final CheckOptions options;
  // A set, as a file of a machine could give many thousands.
  private final Set<CheckWarning> warnings = new LinkedHashSet<>();

  Findings(SourceText source, CheckOptions options) {
    this.source = source;
    this.options = options;
  }

  void add(Rule rule, SourceRange range, String message) {
    CheckWarning warning = new CheckWarning(rule, range, message);
    if (options.looksAt(rule) && warnings.size() < MOST) {
      warnings.add(warning);
    }
  }

  /**
   * Notes a warning of an instruction.
   *
   * @param word the word it is about
   */
  void add(Rule rule, Origin origin, String word, String message) {
    if (warnings.size() < MOST && !isSkippedAt(rule, origin)) {
      add(rule, source.locate(origin.range(), word), message);
    }
  }

  /** Whether a comment above an instruction says that it is meant so. */
  private static boolean isSkippedAt(Rule rule, Origin origin) {
    for (String comment : origin.comments()) {
      String plain = comment.replace(" ", "");
      if (plain.startsWith(SKIP)) {
        try {
          return CheckOptions.parse(plain.substring("check=".length())).skipped().contains(rule);
        } catch (SyntaxException e) {
          // A comment that names no rule is a comment.
          return false;
        }
      }
    }
    return false;
  }

  List<CheckWarning> sorted() {
    return warnings.stream()
        .sorted(
            Comparator.comparingInt((CheckWarning warning) -> warning.range().first())
                .thenComparing(CheckWarning::rule))
        .toList();
  }
}
