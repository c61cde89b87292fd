package dev.jcompose.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.canonical.ByteSize;
import dev.jcompose.core.canonical.GoDuration;
import dev.jcompose.core.canonical.ShellWords;
import dev.jcompose.core.dotenv.DotEnv;
import dev.jcompose.core.dotenv.DotEnvException;
import dev.jcompose.core.interpolate.Template;
import dev.jcompose.core.interpolate.TemplateException;
import dev.jcompose.core.yaml.Growth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Small grammars, a line for each case: {@code input ==> result}. {@code \n} is a line feed, {@code
 * ·} a blank at an end, {@code ␍} a carriage return; other control characters come out as {@code
 * \x1b}.
 */
class TableTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("SET", "value", "EMPTY", "", "NUM", "42", "A_1", "under", "lower", "case");

  private interface Grammar {
    String apply(String input);
  }

  @TestFactory
  List<DynamicTest> fillsInVariables() throws IOException {
    return table("interpolation.txt", TableTest::fill);
  }

  @TestFactory
  List<DynamicTest> readsEnvFiles() throws IOException {
    return table("dotenv.txt", TableTest::dotenv);
  }

  @TestFactory
  List<DynamicTest> readsRawEnvFiles() throws IOException {
    return table("rawenv.txt", TableTest::raw);
  }

  @TestFactory
  List<DynamicTest> readsTimeSpans() throws IOException {
    return table(
        "durations.txt",
        input -> {
          Duration span = GoDuration.parse(input);
          return span == null ? "none" : GoDuration.print(span);
        });
  }

  @TestFactory
  List<DynamicTest> readsAmountsOfMemory() throws IOException {
    return table("sizes.txt", input -> String.valueOf(ByteSize.parse(input)));
  }

  @TestFactory
  List<DynamicTest> splitsCommandLines() throws IOException {
    return table(
        "words.txt",
        input -> {
          ShellWords.Split split = ShellWords.split(input);
          return split == null
              ? "none"
              : String.join("|", split.words())
                  + (split.lost().isEmpty() ? "" : "  (lost: " + split.lost() + ")");
        });
  }

  private static List<DynamicTest> table(String name, Grammar grammar) throws IOException {
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
      String input =
          line.substring(0, arrow).replace("\\n", "\n").replace('·', ' ').replace('␍', '\r');
      String expected = line.substring(arrow + 4).stripLeading();
      rewritten.append(
          (line.substring(0, arrow) + " ==> " + show(grammar.apply(input))).stripTrailing());
      rewritten.append('\n');
      tests.add(
          DynamicTest.dynamicTest(
              line, () -> assertThat(show(grammar.apply(input))).isEqualTo(expected)));
    }
    if (rewrites) {
      Files.writeString(path, rewritten.toString());
      return List.of();
    }
    return tests;
  }

  private static String show(String result) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < result.length(); i++) {
      char c = result.charAt(i);
      if (c == '\n') {
        text.append("\\n");
      } else if (c < ' ' && c != '\t') {
        text.append("\\x%02x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    String shown = text.toString();
    return shown.endsWith(" ") || shown.startsWith(" ") ? "[" + shown + "]" : shown;
  }

  private static String fill(String input) {
    List<String> unset = new ArrayList<>();
    try {
      String filled = new Template(ENVIRONMENT::get, unset::add, new Growth()).fill(input);
      return filled + (unset.isEmpty() ? "" : "  (unset: " + String.join(", ", unset) + ")");
    } catch (TemplateException e) {
      return "! " + e.getMessage() + "; " + e.nextMove();
    }
  }

  private static String dotenv(String input) {
    try {
      return show(DotEnv.parse(input, ENVIRONMENT::get, (_, _) -> {}, new Growth()));
    } catch (DotEnvException e) {
      return "! line " + e.line() + ": " + e.text();
    }
  }

  private static String raw(String input) {
    try {
      return show(DotEnv.parseRaw(input, ENVIRONMENT::get));
    } catch (DotEnvException e) {
      return "! line " + e.line() + ": " + e.text();
    }
  }

  private static String show(Map<String, DotEnv.Value> values) {
    StringJoiner text = new StringJoiner(" | ");
    values.forEach((name, value) -> text.add(name + "=" + value.value()));
    return values.isEmpty() ? "nothing" : text.toString();
  }
}
