package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Directives;
import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Origin;
import dev.jcompose.engine.build.source.BuildProblems;
import dev.jcompose.engine.build.source.SourceRange;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.source.Whitespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the lines of a file to statements: comments, continuation lines, heredocs. */
final class StatementReader {
  private final PhysicalLines lines;
  private final BuildProblems problems;
  private final DirectiveReader directives;
  private final List<SourceRange> emptyContinuations = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();

  StatementReader(String text, BuildProblems problems) {
    this.lines = new PhysicalLines(text);
    this.problems = problems;
    this.directives = new DirectiveReader(problems);
  }

  Directives directives() {
    return directives.directives();
  }

  /** Instructions with empty lines within them. */
  List<SourceRange> emptyContinuations() {
    return emptyContinuations;
  }

  /** The next statement; null after the last. */
  @Nullable Statement next() {
    for (String line = nextLine(); line != null; line = nextLine()) {
      String text = Whitespace.stripLeading(PhysicalLines.withoutEnd(line));
      if (text.startsWith("#")) {
        comment(Whitespace.strip(text.substring(1)));
        continue;
      }
      directives.end();
      if (text.isEmpty()) {
        comments.clear();
        continue;
      }
      Statement statement = statement(text);
      comments.clear();
      if (statement != null) {
        return statement;
      }
    }
    return null;
  }

  private void comment(String text) {
    if (directives.comment(text, lines.number()) || text.isEmpty()) {
      comments.clear();
    } else {
      comments.add(text);
    }
  }

  private @Nullable Statement statement(String firstLine) {
    int first = lines.number();
    StringBuilder joined = new StringBuilder();
    boolean empty = false;
    String text = firstLine;
    while (true) {
      int continuation = continuation(text);
      if (continuation < 0) {
        joined.append(text);
        break;
      }
      joined.append(text, 0, continuation);
      text = null;
      while (text == null) {
        String line = nextLine();
        if (line == null) {
          text = "";
          break;
        }
        String body = PhysicalLines.withoutEnd(line);
        String plain = Whitespace.stripLeading(body);
        if (plain.isEmpty()) {
          empty = true;
        } else if (!plain.startsWith("#")) {
          text = body;
        }
      }
    }
    int last = lines.number();
    if (empty) {
      emptyContinuations.add(new SourceRange(first, last));
    }
    return whole(Whitespace.strip(joined.toString()), first, last);
  }

  private @Nullable Statement whole(String text, int first, int last) {
    if (text.isEmpty()) {
      return null;
    }
    Origin origin = new Origin(new SourceRange(first, last), keyword(text), text, comments);
    char escape = directives().escape();
    Statement plain = Statement.of(origin, List.of(), escape);
    if (!takesHeredocs(plain)) {
      return plain;
    }
    List<Heredoc> heredocs = heredocs(text, origin.range());
    if (heredocs.isEmpty()) {
      return plain;
    }
    SourceRange range = new SourceRange(first, lines.number());
    return Statement.of(new Origin(range, origin.keyword(), text, comments), heredocs, escape);
  }

  private static boolean takesHeredocs(Statement statement) {
    Keyword keyword = Keyword.of(statement.origin().keyword());
    if (keyword == Keyword.ONBUILD) {
      Origin trigger = Triggers.origin(statement.origin(), statement.rest());
      keyword = Keyword.of(trigger.keyword());
      statement = Statement.of(trigger, List.of(), statement.escape());
    }
    try {
      return keyword != null && keyword.takesHeredocs() && Words.json(statement.rest()) == null;
    } catch (SyntaxException e) {
      return false;
    }
  }

  private List<Heredoc> heredocs(String text, SourceRange range) {
    List<Heredoc> heredocs = new ArrayList<>();
    for (HeredocWord word : HeredocWord.all(text, directives().escape())) {
      StringBuilder body = new StringBuilder();
      String line = nextLine();
      while (line != null && !ends(word, line)) {
        body.append(line);
        line = nextLine();
      }
      if (line == null) {
        problems.addAt(
            range,
            "<<",
            "the heredoc " + word.name() + " has no end",
            "write " + word.name() + " alone on a line after it");
      }
      heredocs.add(new Heredoc(word.name(), word.expands(), word.stripsTabs(), body.toString()));
    }
    return heredocs;
  }

  private static boolean ends(HeredocWord word, String line) {
    String text = PhysicalLines.withoutEnd(line);
    int start = 0;
    while (word.stripsTabs() && start < text.length() && text.charAt(start) == '\t') {
      start++;
    }
    return text.substring(start).equals(word.name());
  }

  /** Where the character stands that continues a line; -1 when it ends. */
  private int continuation(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
      end--;
    }
    char escape = directives().escape();
    boolean continues =
        end > 0 && line.charAt(end - 1) == escape && (end == 1 || line.charAt(end - 2) != escape);
    return continues ? end - 1 : -1;
  }

  private static String keyword(String text) {
    int end = 0;
    while (end < text.length() && !Words.isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  private @Nullable String nextLine() {
    String line = lines.next();
    if (line != null && PhysicalLines.isTooLong(line)) {
      problems.add(
          new SourceRange(lines.number(), lines.number()),
          "the line is longer than " + PhysicalLines.LONGEST + " bytes",
          "break it, or COPY what it holds from a file");
    }
    return line;
  }
}
