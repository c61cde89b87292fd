package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The usual mistakes in YAML in words that say what to do; the parser's own words for the rest. */
enum YamlMistake {
  TAB("\\t(TAB)", "a tab cannot indent", "use blanks"),
  COLON(
      "mapping values are not allowed",
      "there is a second colon in the line, or the line is set in too far",
      "quote the text, or mend the indentation"),
  DEDENT(
      "expected <block end>",
      "the line does not stand under the ones it belongs to",
      "mend the indentation"),
  FLOW_MAP("expected ',' or '}'", "a brace is not closed", "add } or a comma"),
  FLOW_LIST("expected ',' or ']'", "a bracket is not closed", "add ] or a comma"),
  QUOTE("unexpected end of stream", "a quote is not closed", "close it"),
  KEY("could not find expected ':'", "a key has no colon", "write \"key: value\""),
  ESCAPE(
      "unknown escape character",
      "a backslash in double quotes has a meaning, but not with this character",
      "use single quotes or two backslashes"),
  RESERVED(
      "that cannot start any token",
      "a text cannot start with this character",
      "put the text in quotes");

  private final String sign;
  private final String text;
  private final String nextMove;

  YamlMistake(String sign, String text, String nextMove) {
    this.sign = sign;
    this.text = text;
    this.nextMove = nextMove;
  }

  static Problem explain(MarkedYamlEngineException e, String file) {
    Location location = locate(file, e.getProblemMark().or(e::getContextMark).orElse(null));
    String problem = e.getProblem() == null ? "" : e.getProblem();
    for (YamlMistake mistake : values()) {
      if (problem.contains(mistake.sign)) {
        // What was opened and never closed is found missing at the end; the opening is the place.
        Location place =
            mistake == FLOW_MAP || mistake == FLOW_LIST || mistake == QUOTE
                ? locate(file, e.getContextMark().or(e::getProblemMark).orElse(null))
                : location;
        return new Problem(place, "", "this is not YAML: " + mistake.text, mistake.nextMove);
      }
    }
    String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
    return new Problem(location, "", "this is not YAML: " + problem + context, "correct the line");
  }

  private static Location locate(String file, @Nullable Mark mark) {
    return mark == null
        ? new Location(file, 0, 0)
        : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
