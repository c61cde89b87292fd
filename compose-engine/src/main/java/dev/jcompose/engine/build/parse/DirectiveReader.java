package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Directives;
import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.Whitespace;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code # syntax=}, {@code # escape=} and {@code # check=} at the top of a file. The first
 * line that is something else ends them.
 */
final class DirectiveReader {
  private static final Pattern DIRECTIVE =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9]*+)\\s*+=\\s*+(\\S.*)");

  private final BuildProblems problems;
  private final Set<String> seen = new HashSet<>();
  private Directives directives = Directives.NONE;
  private boolean open = true;

  DirectiveReader(BuildProblems problems) {
    this.problems = problems;
  }

  /** What was directed so far. */
  Directives directives() {
    return directives;
  }

  /** A line that is no comment was met. */
  void end() {
    open = false;
  }

  /**
   * A comment was met; its text is without {@code #} and trimmed.
   *
   * @return whether it is a directive
   */
  boolean comment(String text, int line) {
    Matcher matcher = DIRECTIVE.matcher(text);
    if (!open || !matcher.matches()) {
      open = false;
      return false;
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    String value = Whitespace.strip(matcher.group(2));
    SourceRange range = new SourceRange(line, line);
    switch (name) {
      case "syntax" ->
          set(
              name,
              range,
              new Directives(
                  value, directives.escape(), directives.check(), directives.checkRange()));
      case "check" ->
          set(name, range, new Directives(directives.syntax(), directives.escape(), value, range));
      case "escape" -> {
        if (!value.equals("\\") && !value.equals("`")) {
          problems.addAt(
              range,
              value,
              "\"" + value + "\" cannot be the escape character",
              "use a backslash or a backquote");
          return true;
        }
        set(
            name,
            range,
            new Directives(
                directives.syntax(), value.charAt(0), directives.check(), directives.checkRange()));
      }
      default -> open = false;
    }
    return open;
  }

  private void set(String name, SourceRange range, Directives next) {
    if (!seen.add(name)) {
      problems.add(range, "the directive " + name + " is there twice", "remove one of them");
      return;
    }
    directives = next;
  }
}
