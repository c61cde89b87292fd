package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.Verb;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each verb and each of its options is shown by a scenario: the tables that the command line is
 * read by are walked, and so are the command lines of all scenarios. What a scenario cannot show
 * stands in {@code scenarios/exceptions.txt}, with the test that does.
 */
class ScenarioCoverageTest {
  private static final String ROOT = "jcompose";

  /** Every option by the verb's full name; the last of its names stands for it. */
  private static final Map<String, Set<String>> OPTIONS = new LinkedHashMap<>();

  private static final Map<String, Set<String>> SHOWN = new LinkedHashMap<>();
  private static final List<Shown> EXCEPTIONS = new ArrayList<>();

  /** What a test shows because no scenario can; {@code *} is every option. */
  private record Shown(String verb, String option, String test, String reason) {
    boolean means(String otherVerb, String otherOption) {
      return verb.equals(otherVerb) && (option.equals("*") || option.equals(otherOption));
    }
  }

  @BeforeAll
  static void readTheTablesAndTheScenarios() throws IOException {
    add(ROOT, RootCommand.syntax());
    for (Verb verb : Verb.values()) {
      verb.command().ifPresent(command -> add(ROOT + " " + verb.word(), command));
    }
    try (Stream<Path> folders = Files.list(Jcompose.sample("scenarios"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        for (Scenario.Step step : Scenario.read(folder.resolve("scenario.txt")).steps()) {
          ShellLine.argumentsOf(ROOT, step.command())
              .forEach(words -> note(words, isMistake(step)));
        }
      }
    }
    for (String line : Files.readAllLines(Jcompose.sample("scenarios").resolve("exceptions.txt"))) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.split(" \\| ", -1);
        assertThat(parts).as("VERB | OPTION | TEST | REASON: %s", line).hasSize(4);
        EXCEPTIONS.add(new Shown(parts[0], parts[1], parts[2], parts[3]));
      }
    }
  }

  @Test
  void everyVerbIsShown() {
    Set<String> missing = new TreeSet<>(OPTIONS.keySet());
    missing.removeAll(SHOWN.keySet());
    missing.removeIf(verb -> excepted(verb, "*"));
    assertThat(missing).as("verbs that no scenario runs").isEmpty();
  }

  @Test
  void everyOptionIsShown() {
    List<String> missing = new ArrayList<>();
    OPTIONS.forEach(
        (verb, options) -> {
          for (String option : options) {
            if (!SHOWN.getOrDefault(verb, Set.of()).contains(option) && !excepted(verb, option)) {
              missing.add(verb + " " + option);
            }
          }
        });
    assertThat(missing)
        .as("options that no scenario uses in a command that is not a mistake")
        .isEmpty();
  }

  @Test
  void exceptionsAreShownByTheTestTheyName() throws IOException {
    for (Shown exception : EXCEPTIONS) {
      assertThat(OPTIONS).as("%s", exception).containsKey(exception.verb());
      Set<String> shown = SHOWN.getOrDefault(exception.verb(), Set.of());
      String test;
      try (Stream<Path> sources = Files.walk(Jcompose.sample(".."))) {
        Path source =
            sources
                .filter(file -> file.endsWith(exception.test() + ".java"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no test for " + exception));
        test = Files.readString(source);
      }
      assertThat(exception.reason()).as("%s", exception).isNotBlank();
      if (!exception.option().equals("*")) {
        assertThat(test).as("%s", exception).contains(exception.option());
        assertThat(shown)
            .as("%s is shown by a scenario", exception)
            .doesNotContain(exception.option());
      }
    }
  }

  /** Two is also how {@code plan} says that there is something to do. */
  private static boolean isMistake(Scenario.Step step) {
    return step.exitCode() == ExitCode.USAGE.code() && !step.err().isEmpty();
  }

  private static boolean excepted(String verb, String option) {
    return EXCEPTIONS.stream().anyMatch(each -> each.means(verb, option));
  }

  private static void add(String name, Command command) {
    if (!(command instanceof CommandGroup)) {
      add(name, syntax(name, command));
    }
    command.members().forEach(member -> add(name + " " + member.word(), member.command().get()));
  }

  // The help of every verb is asked for by the scenario "help", in one loop.
  private static void add(String name, Syntax syntax) {
    Set<String> options = new LinkedHashSet<>();
    syntax.options().forEach(option -> options.add(option.names().getLast()));
    syntax.unlisted().forEach(names -> options.add(names.getLast()));
    options.remove("--help");
    OPTIONS.put(name, options);
  }

  /** Notes what one command line shows; one that is a mistake shows only what is refused. */
  private static void note(List<String> words, boolean mistaken) {
    List<String> rest = read(ROOT, RootCommand.syntax(), words, mistaken);
    if (rest.isEmpty()) {
      return;
    }
    Command command = Verb.find(rest.getFirst()).flatMap(Verb::command).orElse(null);
    String name = ROOT + " " + rest.getFirst();
    List<String> more = rest.subList(1, rest.size());
    while (command != null) {
      Command parent = command;
      String word = more.isEmpty() ? "" : more.getFirst();
      command =
          parent.members().stream()
              .filter(member -> member.word().equals(word))
              .findFirst()
              .map(member -> member.command().get())
              .orElse(null);
      if (command == null) {
        read(name, syntax(name, parent), more, mistaken);
      } else {
        name += " " + word;
        more = more.subList(1, more.size());
      }
    }
  }

  /** Reads words as the program does, and gives the operands. */
  private static List<String> read(
      String name, Syntax syntax, List<String> words, boolean mistaken) {
    try {
      Arguments arguments = Invocation.read(syntax, words);
      if (!mistaken) {
        Set<String> shown = SHOWN.computeIfAbsent(name, key -> new TreeSet<>());
        OPTIONS.getOrDefault(name, Set.of()).stream().filter(arguments::has).forEach(shown::add);
      }
      return arguments.operands();
    } catch (UserError refused) {
      for (List<String> names : syntax.unlisted()) {
        if (refused.sentence().startsWith(name + " " + names.getLast() + " ")) {
          SHOWN.computeIfAbsent(name, key -> new TreeSet<>()).add(names.getLast());
        }
      }
      return List.of();
    }
  }

  private static Syntax syntax(String name, Command command) {
    Syntax syntax = new Syntax(name, "");
    command.describe(syntax);
    return syntax;
  }
}
