package dev.jcompose.cli;

import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.session.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Words as they come when this program is called {@code docker-compose}: by itself, or by {@code
 * docker compose}, which puts its own options and the word {@code compose} before them (java facts
 * 5.3).
 */
final class DockerWords {
  private static final String METADATA = "docker-cli-plugin-metadata";

  /** Options of docker that have a value. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-H",
          "--host",
          "-c",
          "--context",
          "-l",
          "--log-level",
          "--config",
          "--tlscacert",
          "--tlscert",
          "--tlskey");

  private static final Set<String> WITHOUT_VALUE = Set.of("-D", "--debug", "--tls", "--tlsverify");

  private DockerWords() {}

  /** Whether docker asks what this is. */
  static boolean isQuestion(List<String> words) {
    return words.size() == 1 && words.getFirst().equals(METADATA);
  }

  /** What docker wants to know of a plugin. */
  static String metadata(String version) {
    return """
    {"SchemaVersion":"0.1.0","Vendor":"jcompose","Version":"%s",\
    "ShortDescription":"Compose files without Docker"}\
    """
        .formatted(version);
  }

  /** The same for jcompose. */
  static List<String> translate(List<String> words) {
    List<String> made = new ArrayList<>();
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      String word = words.get(at++);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      if (WITHOUT_VALUE.contains(name)) {
        if (name.startsWith("--tls")) {
          throw refused(name);
        }
        made.add("--verbose");
      } else if (WITH_VALUE.contains(name)) {
        if (equals < 0 && at == words.size()) {
          throw UserError.usage(name + " needs a value");
        }
        String value = equals < 0 ? words.get(at++) : word.substring(equals + 1);
        switch (name) {
          case "-H", "--host" -> made.addAll(List.of("--host", value));
          // Where docker keeps its settings and how much it tells is docker's affair.
          case "-l", "--log-level", "--config" -> {}
          default -> throw refused(name);
        }
      } else {
        made.add(word);
        // The value of an option of ours must not be taken for a verb.
        if (equals < 0 && takesValue(word) && at < words.size()) {
          made.add(words.get(at++));
        }
      }
    }
    List<String> rest = words.subList(at, words.size());
    if (!rest.isEmpty() && rest.getFirst().equals("compose")) {
      made.addAll(translate(rest.subList(1, rest.size())));
    } else {
      made.addAll(rest);
    }
    return made;
  }

  private static boolean takesValue(String word) {
    return RootCommand.syntax().options().stream()
        .anyMatch(option -> option.value() != null && option.names().contains(word));
  }

  private static UserError refused(String name) {
    return UserError.usage(
        name + " has no effect here; use -H with the socket of an engine, or leave it out");
  }
}
