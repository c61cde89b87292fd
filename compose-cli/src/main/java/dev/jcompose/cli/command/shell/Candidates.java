package dev.jcompose.cli.command.shell;

import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.Verb;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may stand at the end of a command line that is not finished. Everything follows from the
 * tables that the command line is read by, so nothing can be forgotten here.
 */
final class Candidates {
  /** Stands for the names of files, which shells find themselves. */
  static final Candidate FILES = new Candidate(":files", "");

  /** Stands for the names of folders. */
  static final Candidate FOLDERS = new Candidate(":folders", "");

  private static final List<Candidate> SHELLS =
      List.of(new Candidate("bash", ""), new Candidate("zsh", ""), new Candidate("fish", ""));

  private final Function<List<String>, Names> names;

  /**
   * One word that fits.
   *
   * @param sentence what it means; may be empty
   */
  record Candidate(String word, String sentence) {}

  /** What the project of a command line has. */
  record Names(List<String> services, List<String> profiles) {
    static final Names NONE = new Names(List.of(), List.of());
  }

  /**
   * Makes candidates.
   *
   * @param names told the words before the verb, finds what the project has; asked only when needed
   */
  Candidates(Function<List<String>, Names> names) {
    this.names = names;
  }

  /**
   * What fits.
   *
   * @param words the line without the program's name; the last one is what is being typed, maybe
   *     empty
   */
  List<Candidate> of(List<String> words) {
    List<String> before = words.subList(0, words.size() - 1);
    String typed = words.getLast();
    Syntax root = RootCommand.syntax();
    int verb = verbAt(root, before);
    if (verb < 0) {
      Function<String, List<Candidate>> operands = label -> verbs();
      boolean open = !before.isEmpty() && option(root, before.getLast()) != null;
      List<String> whole = open ? before.subList(0, before.size() - 1) : before;
      return next(root, before, typed, whole, operands);
    }
    String word = before.get(verb);
    List<String> rest = before.subList(verb + 1, before.size());
    List<String> rootWords = before.subList(0, verb);
    if (word.equals("help")) {
      return matching(verbs(), typed);
    }
    return Verb.find(word)
        .flatMap(Verb::command)
        .map(command -> ofCommand(command, rest, typed, rootWords))
        .orElse(List.of());
  }

  private List<Candidate> ofCommand(
      Command command, List<String> rest, String typed, List<String> rootWords) {
    Syntax syntax = new Syntax("", "");
    command.describe(syntax);
    for (CommandGroup.Member member : command.members()) {
      if (!rest.isEmpty() && rest.getFirst().equals(member.word())) {
        return ofCommand(member.command().get(), rest.subList(1, rest.size()), typed, rootWords);
      }
    }
    if (command instanceof CommandGroup && !rest.isEmpty()) {
      return List.of();
    }
    if (rest.isEmpty() && !command.members().isEmpty()) {
      return next(
          syntax,
          rest,
          typed,
          rootWords,
          label -> {
            List<Candidate> all = new ArrayList<>();
            command
                .members()
                .forEach(member -> all.add(new Candidate(member.word(), member.sentence())));
            all.addAll(values(label, "", typed, rootWords));
            return all;
          });
    }
    if (syntax.stopsAtOperand() && verbAt(syntax, rest) >= 0) {
      // What runs in a container is not ours to know.
      return List.of(FILES);
    }
    return next(syntax, rest, typed, rootWords, label -> values(label, "", typed, rootWords));
  }

  private List<Candidate> next(
      Syntax syntax,
      List<String> before,
      String typed,
      List<String> rootWords,
      Function<String, List<Candidate>> operands) {
    Syntax.Option open = before.isEmpty() ? null : option(syntax, before.getLast());
    if (open != null && open.value() != null && !before.getLast().contains("=")) {
      return matching(values(open.value(), open.names().getLast(), typed, rootWords), typed);
    }
    int equals = typed.indexOf('=');
    if (typed.startsWith("--") && equals > 0) {
      Syntax.Option given = option(syntax, typed.substring(0, equals));
      String start = typed.substring(0, equals + 1);
      return given == null || given.value() == null
          ? List.of()
          : matching(
              values(given.value(), given.names().getLast(), "", rootWords).stream()
                  .map(
                      value ->
                          value.word().startsWith(":")
                              ? value
                              : new Candidate(start + value.word(), value.sentence()))
                  .toList(),
              typed);
    }
    if (typed.startsWith("-")) {
      List<Candidate> options = new ArrayList<>();
      for (Syntax.Option option : syntax.options()) {
        options.add(new Candidate(option.names().getLast(), option.sentence()));
        if (typed.length() == 2 && option.names().contains(typed)) {
          options.add(new Candidate(typed, option.sentence()));
        }
      }
      return matching(options, typed);
    }
    return matching(operands.apply(syntax.operandLabel()), typed);
  }

  /** The place of the first operand, -1 when there is none yet. */
  private static int verbAt(Syntax syntax, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (!word.startsWith("-") || word.equals("-")) {
        return i;
      }
      Syntax.Option option = option(syntax, word);
      if (option != null && option.value() != null && !word.contains("=")) {
        i++;
      }
    }
    return -1;
  }

  private static Syntax.@Nullable Option option(Syntax syntax, String word) {
    String name =
        word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    for (Syntax.Option option : syntax.options()) {
      if (option.names().contains(name)) {
        return option;
      }
    }
    return null;
  }

  /** What a value may be, by what help calls it. */
  private List<Candidate> values(
      String label, String option, String typed, List<String> rootWords) {
    if (option.equals("--profile")) {
      return words(names.apply(rootWords).profiles());
    }
    String first = label.contains(" ") ? label.substring(0, label.indexOf(' ')) : label;
    return switch (first) {
      case "SERVICE" -> words(names.apply(rootWords).services());
      case "SERVICE=N" ->
          typed.contains("=")
              ? List.of()
              : words(names.apply(rootWords).services().stream().map(name -> name + "=").toList());
      case "SOURCE" -> {
        List<Candidate> all =
            new ArrayList<>(
                words(names.apply(rootWords).services().stream().map(name -> name + ":").toList()));
        all.add(FILES);
        yield all;
      }
      case "FILE" -> List.of(FILES);
      case "DIR" -> List.of(FOLDERS);
      case "SHELL" -> SHELLS;
      case "COMMAND" -> verbs();
      default -> List.of();
    };
  }

  private static List<Candidate> words(List<String> words) {
    return words.stream().map(word -> new Candidate(word, "")).toList();
  }

  private static List<Candidate> verbs() {
    return Arrays.stream(Verb.values())
        .filter(Verb::isThere)
        .map(verb -> new Candidate(verb.word(), verb.sentence()))
        .toList();
  }

  private static List<Candidate> matching(List<Candidate> candidates, String typed) {
    return candidates.stream()
        .filter(each -> each.word().startsWith(":") || each.word().startsWith(typed))
        .toList();
  }
}
