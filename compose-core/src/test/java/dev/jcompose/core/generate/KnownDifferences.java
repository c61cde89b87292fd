package dev.jcompose.core.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What docker compose does otherwise, with the reason, from {@code differential/differences.txt}.
 */
final class KnownDifferences {
  private static final Path FILE = Path.of("src/test/resources/differential/differences.txt");

  private final List<Rule> rules = new ArrayList<>();

  /** What a rule is about. */
  enum Kind {
    /** An attribute docker compose does not know; it is not generated. */
    UNKNOWN,
    /** Its error message matches this text, and jcompose loads the file. */
    REFUSED,
    /** jcompose's error message has this text, and docker compose loads the file. */
    ACCEPTED,
    /**
     * An attribute that docker compose hashes otherwise; not generated where hashes are printed.
     */
    HASHED,
    /** One of the two prints lines with this text that the other does not. */
    PRINTED
  }

  /**
   * One line of the file.
   *
   * @param before the version of docker compose that does it as jcompose does; empty when none does
   */
  record Rule(Kind kind, String before, String text, String reason) {
    Pattern pattern() {
      return Pattern.compile(text, Pattern.MULTILINE);
    }
  }

  /** The rules for one version. */
  KnownDifferences(DockerCompose docker) {
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          Rule rule = rule(line);
          if (rule.before().isEmpty() || docker.isBefore(rule.before())) {
            rules.add(rule);
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(FILE + " cannot be read", e);
    }
  }

  static Rule rule(String line) {
    String[] parts = line.split(" \\| ", 4);
    if (parts.length != 4 || parts[3].isBlank()) {
      throw new IllegalStateException(
          FILE + ": \"" + line + "\" is not \"kind | before | text | reason\"");
    }
    return new Rule(
        Kind.valueOf(parts[0].strip().toUpperCase(java.util.Locale.ROOT)),
        parts[1].strip(),
        parts[2].strip(),
        parts[3].strip());
  }

  /** Attributes that are not generated. */
  Set<String> attributes(Kind kind) {
    Set<String> paths = new LinkedHashSet<>();
    for (Rule rule : rules) {
      if (rule.kind() == kind) {
        paths.add(rule.text());
      }
    }
    return paths;
  }

  /**
   * The rules that together explain every line that only one of the two prints; empty when a line
   * is left.
   *
   * @param command {@code config} with its flags, the first line of what a rule is matched with
   */
  List<Rule> ofLines(String command, String lines) {
    Set<Rule> used = new LinkedHashSet<>();
    for (String line : lines.lines().toList()) {
      Rule rule = of(Kind.PRINTED, command + "\n" + line);
      if (rule == null) {
        return List.of();
      }
      used.add(rule);
    }
    return List.copyOf(used);
  }

  /** The rule that explains why only one of the two loads a file; null when none does. */
  @Nullable Rule of(Kind kind, String message) {
    for (Rule rule : rules) {
      if (rule.kind() == kind && rule.pattern().matcher(message).find()) {
        return rule;
      }
    }
    return null;
  }
}
