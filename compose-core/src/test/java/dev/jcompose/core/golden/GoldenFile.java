package dev.jcompose.core.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of cases. {@code #!} lines say how all of them are run, {@code ===} starts a case, {@code
 * --- name} a further file of it, {@code >>> path} what it is expected to print. See the README
 * beside the files.
 */
final class GoldenFile {
  final Path path;
  final List<String> header = new ArrayList<>();
  final Map<String, String> environment = new LinkedHashMap<>();
  final List<Case> cases = new ArrayList<>();
  boolean wrapped;
  String top = "";

  /** One case; {@code expected} changes when the files are rewritten. */
  static final class Case {
    final String title;
    final List<String> input = new ArrayList<>();
    String shown = "";
    String expected = "";

    Case(String title) {
      this.title = title;
    }

    /** The files of the case by name; the first lines are compose.yaml. */
    Map<String, String> files() {
      Map<String, StringBuilder> files = new LinkedHashMap<>();
      String name = "compose.yaml";
      for (String line : input) {
        if (line.startsWith("--- args ") || line.startsWith("--- env ")) {
          continue;
        }
        if (line.startsWith("--- ")) {
          name = line.substring(4);
          files.put(name, new StringBuilder());
        } else {
          files.computeIfAbsent(name, _ -> new StringBuilder()).append(line).append('\n');
        }
      }
      Map<String, String> texts = new LinkedHashMap<>();
      files.forEach((file, text) -> texts.put(file, text.toString()));
      return texts;
    }

    /** The process environment of the case, besides that of its file. */
    Map<String, String> environment() {
      Map<String, String> environment = new LinkedHashMap<>();
      for (String line : input) {
        if (line.startsWith("--- env ")) {
          put(environment, line.substring("--- env ".length()));
        }
      }
      return environment;
    }

    List<String> arguments() {
      for (String line : input) {
        if (line.startsWith("--- args ")) {
          return List.of(line.substring("--- args ".length()).split(" "));
        }
      }
      return List.of();
    }
  }

  GoldenFile(Path path) throws IOException {
    this.path = path;
    boolean expecting = false;
    StringBuilder expected = new StringBuilder();
    for (String line : Files.readString(path).split("\n", -1)) {
      if (cases.isEmpty() && !line.startsWith("=== ")) {
        header.add(line);
        directive(line);
      } else if (line.startsWith("=== ")) {
        finish(expected, expecting);
        expecting = false;
        cases.add(new Case(line.substring(4)));
      } else if (line.startsWith(">>>")) {
        expecting = true;
        cases.getLast().shown = line.substring(3).strip();
      } else if (expecting) {
        expected.append(line).append('\n');
      } else {
        cases.getLast().input.add(line);
      }
    }
    finish(expected, expecting);
  }

  private void finish(StringBuilder expected, boolean expecting) {
    if (expecting) {
      cases.getLast().expected = expected.toString().stripTrailing();
    }
    expected.setLength(0);
  }

  private void directive(String line) {
    if (line.equals("#! service")) {
      wrapped = true;
    } else if (line.startsWith("#! env ")) {
      put(environment, line.substring("#! env ".length()));
    } else if (line.startsWith("#! top ")) {
      top += line.substring("#! top ".length()) + "\n";
    }
  }

  private static void put(Map<String, String> environment, String pair) {
    int equals = pair.indexOf('=');
    environment.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  void rewrite() throws IOException {
    StringBuilder text = new StringBuilder(String.join("\n", header).stripTrailing());
    for (Case one : cases) {
      text.append("\n\n=== ").append(one.title).append('\n');
      text.append(String.join("\n", one.input).stripTrailing()).append("\n>>>");
      if (!one.shown.isEmpty()) {
        text.append(' ').append(one.shown);
      }
      text.append('\n').append(one.expected);
    }
    Files.writeString(path, text.toString().strip() + "\n");
  }
}
