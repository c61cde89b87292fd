package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.build.expand.Expanded;
import dev.jcompose.engine.build.expand.Lexer;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.mount.MountParser;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.source.SyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Small grammars, a line for each case: {@code input ==> result}. {@code -Dgolden.rewrite=true}
 * writes what is read now.
 */
class TableTest {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "SET",
          "value",
          "EMPTY",
          "",
          "PATHS",
          "/usr/local/lib:/usr/lib",
          "FILE",
          "archive.tar.gz",
          "STAR",
          "a*b",
          "TWO",
          "two words",
          "UNI",
          "grüße");

  @TestFactory
  List<DynamicTest> expandsVariables() throws IOException {
    return table("expand.txt", input -> expanded(new Lexer('\\'), input));
  }

  @TestFactory
  List<DynamicTest> expandsWithABackquoteAsEscape() throws IOException {
    return table("expand-backquote.txt", input -> expanded(new Lexer('`'), input));
  }

  @TestFactory
  List<DynamicTest> expandsBodiesOfHeredocs() throws IOException {
    return table(
        "expand-body.txt", input -> expanded(new Lexer('\\', Lexer.Keep.QUOTES_AS_TEXT), input));
  }

  @TestFactory
  List<DynamicTest> leavesOutPaths() throws IOException {
    return table("ignore.txt", TableTest::ignored);
  }

  @TestFactory
  List<DynamicTest> readsMounts() throws IOException {
    return table("mounts.txt", TableTest::mount);
  }

  private static String expanded(Lexer lexer, String input) {
    try {
      Expanded expanded = lexer.expand(input.replace("\\n", "\n"), VARIABLES::get);
      String words = String.join("|", expanded.words());
      return "["
          + expanded.text().replace("\n", "\\n")
          + "]"
          + (words.equals(expanded.text()) ? "" : " words " + words)
          + (expanded.unset().isEmpty() ? "" : " unset " + expanded.unset());
    } catch (SyntaxException e) {
      return "! " + e.text() + "; " + e.nextMove();
    }
  }

  /** Patterns, a vertical line, and paths: those that stay are printed. */
  private static String ignored(String input) {
    String[] sides = input.split(" \\| ", 2);
    try {
      IgnoreRules rules = IgnoreRules.parse(".dockerignore", sides[0].replace(" ; ", "\n"));
      List<String> left = new ArrayList<>();
      for (String path : sides[1].split(" ", -1)) {
        left.add(
            rules.excludes(path) ? "-" + path + (rules.mayIncludeBelow(path) ? "..." : "") : path);
      }
      return String.join(" ", left);
    } catch (DockerfileException e) {
      return "! " + e.problems().getFirst().sentence();
    }
  }

  private static String mount(String input) {
    try {
      MountParser.check(input);
      Lexer lexer = new Lexer('\\');
      var mount = MountParser.parse(input, value -> lexer.expand(value, VARIABLES::get).text());
      return mount.getClass().getSimpleName() + " " + RecordText.fields((Record) mount);
    } catch (SyntaxException e) {
      return "! " + e.text() + "; " + e.nextMove();
    }
  }

  private static List<DynamicTest> table(String name, Function<String, String> grammar)
      throws IOException {
    Path path = Path.of("src/test/resources/tables").resolve(name);
    boolean rewrites = Boolean.getBoolean("golden.rewrite");
    List<DynamicTest> tests = new ArrayList<>();
    StringBuilder rewritten = new StringBuilder();
    for (String line : Files.readAllLines(path)) {
      int arrow = line.lastIndexOf(" ==>");
      if (line.startsWith("##") || arrow < 0) {
        rewritten.append(line).append('\n');
        continue;
      }
      String input = line.substring(0, arrow);
      String expected = line.substring(arrow + 4).strip();
      rewritten.append(input).append(" ==> ").append(grammar.apply(input)).append('\n');
      tests.add(
          DynamicTest.dynamicTest(
              line, () -> assertThat(grammar.apply(input)).isEqualTo(expected)));
    }
    if (rewrites) {
      Files.writeString(path, rewritten.toString());
      return List.of();
    }
    return tests;
  }
}
