package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A runnable project with a file that says what it shows and which commands show it: {@code
 * scenario.txt} in the folders of {@code samples/scenarios}, {@code check.txt} in those of {@code
 * samples/projects}.
 *
 * <pre>
 * # what it shows, one sentence
 * $ jcompose up -d            a shell command, run in the folder
 * > web-*                     a line of its standard output; * stands for anything in the line
 * > ...                       any number of lines
 * ! *started                  a line that standard error has somewhere, in this order
 * ? 1                         its exit code, when it is not 0
 * ~ docker says no names      why only jcompose's own engine can show this command
 * </pre>
 *
 * A {@code ~} before the first command is about all of them. Standard output is compared only where
 * it is mentioned. When a command mentions {@code $REGISTRY}, that is host and port of an empty
 * registry of the scenario's own.
 *
 * @param intent the sentence
 * @param ownEngine why only jcompose's own engine can show any of it; empty where others can
 * @param needsRegistry whether a command mentions one
 */
record Scenario(
    Path file, String intent, String ownEngine, boolean needsRegistry, List<Step> steps) {
  Scenario {
    steps = List.copyOf(steps);
  }

  /**
   * One command and what must come of it.
   *
   * @param line where it stands in the file, counted from 1
   * @param ownEngine why only jcompose's own engine can show it; empty where others can
   */
  record Step(
      int line,
      String command,
      List<String> out,
      List<String> err,
      int exitCode,
      String ownEngine) {
    Step {
      out = List.copyOf(out);
      err = List.copyOf(err);
    }

    /** Whether these lines are the expected ones. */
    boolean matchesOut(List<String> lines) {
      return out.isEmpty() || matches(out, 0, lines, 0);
    }

    /** Whether the expected lines stand among these, in their order. */
    boolean matchesErr(List<String> lines) {
      int next = 0;
      for (String line : lines) {
        if (next < err.size() && pattern(err.get(next)).matcher(line).matches()) {
          next++;
        }
      }
      return next == err.size();
    }

    private static boolean matches(List<String> wanted, int w, List<String> lines, int l) {
      if (w == wanted.size()) {
        return l == lines.size();
      }
      if (wanted.get(w).equals("...")) {
        for (int skip = l; skip <= lines.size(); skip++) {
          if (matches(wanted, w + 1, lines, skip)) {
            return true;
          }
        }
        return false;
      }
      return l < lines.size()
          && pattern(wanted.get(w)).matcher(lines.get(l)).matches()
          && matches(wanted, w + 1, lines, l + 1);
    }

    private static Pattern pattern(String glob) {
      StringBuilder pattern = new StringBuilder();
      for (String literal : glob.split("\\*", -1)) {
        pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
      }
      return Pattern.compile(pattern.toString());
    }
  }

  /** With the project and what else it needs. */
  Path folder() {
    return Objects.requireNonNull(file.getParent());
  }

  /** The folder's. */
  String name() {
    return folder().getFileName().toString();
  }

  /** Those of its commands that other engines can show too. */
  Scenario onAnyEngine() {
    return new Scenario(
        file,
        intent,
        ownEngine,
        needsRegistry,
        steps.stream().filter(step -> step.ownEngine.isEmpty()).toList());
  }

  /** Runs the commands in a folder, one after the other, and asserts what must come of them. */
  void play(Jcompose jcompose, Path folder, Map<String, String> environment) {
    for (Step step : steps) {
      check(step, jcompose.shell(folder, step.command(), environment));
    }
  }

  private void check(Step step, Jcompose.Result result) {
    String where =
        "%s%n%s:%d: %s%n%s%n%s"
            .formatted(intent, file, step.line(), step.command(), result.stdout(), result.stderr());
    assertThat(result.exitCode()).as(where).isEqualTo(step.exitCode());
    assertThat(step.matchesOut(result.stdout().lines().toList()))
        .as("standard output, wanted %s of%n%s", step.out(), where)
        .isTrue();
    assertThat(step.matchesErr(result.stderr().lines().toList()))
        .as("standard error, wanted %s of%n%s", step.err(), where)
        .isTrue();
    assertThat(result.stderr()).as(where).doesNotContain("Exception").doesNotContain("\tat ");
  }

  /** Reads a file whose first lines are the sentence. */
  static Scenario read(Path file) throws IOException {
    return read(file, "");
  }

  /** Reads a file that need not say what it shows, because something else does. */
  static Scenario read(Path file, String sentence) throws IOException {
    List<String> lines = Files.readAllLines(file);
    StringBuilder intent = new StringBuilder(sentence);
    String ownEngine = "";
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      String rest = line.length() < 2 ? "" : line.substring(2);
      if (line.charAt(0) == '~' && rest.isBlank()) {
        throw new IllegalArgumentException(file + ":" + (i + 1) + ": say why");
      }
      switch (line.charAt(0)) {
        case '#' ->
            intent
                .append(steps.isEmpty() && !intent.isEmpty() ? " " : "")
                .append(steps.isEmpty() ? rest : "");
        case '$' -> steps.add(new Step(i + 1, rest, List.of(), List.of(), 0, ""));
        case '>', '!', '?', '~' -> {
          if (!steps.isEmpty()) {
            steps.set(steps.size() - 1, with(steps.getLast(), line.charAt(0), rest));
          } else if (line.charAt(0) == '~') {
            ownEngine = rest;
          } else {
            throw new IllegalArgumentException(file + ":" + (i + 1) + ": no command is above");
          }
        }
        default ->
            throw new IllegalArgumentException(file + ":" + (i + 1) + ": begin with # $ > ! ? ~");
      }
    }
    if (intent.isEmpty() || steps.isEmpty()) {
      throw new IllegalArgumentException(file + " says nothing or does nothing");
    }
    boolean needsRegistry = steps.stream().anyMatch(step -> step.command().contains("$REGISTRY"));
    return new Scenario(file, intent.toString(), ownEngine, needsRegistry, steps);
  }

  private static Step with(Step step, char kind, String rest) {
    List<String> out = kind == '>' ? plus(step.out, rest) : step.out;
    List<String> err = kind == '!' ? plus(step.err, rest) : step.err;
    int exitCode = kind == '?' ? Integer.parseInt(rest.strip()) : step.exitCode;
    String ownEngine = kind == '~' ? rest : step.ownEngine;
    return new Step(step.line, step.command, out, err, exitCode, ownEngine);
  }

  private static List<String> plus(List<String> lines, String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return more;
  }
}
