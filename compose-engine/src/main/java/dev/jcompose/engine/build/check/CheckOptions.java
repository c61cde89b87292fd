package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.source.Spelling;
import dev.jcompose.engine.build.source.SyntaxException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code # check=} says: {@code skip=RuleA,RuleB;error=true;experimental=all}.
 *
 * @param skipped rules that are not looked at
 * @param error whether a warning fails the build
 * @param experimental rules that are looked at although they are experimental
 */
public record CheckOptions(Set<Rule> skipped, boolean error, Set<Rule> experimental) {
  /** Every rule that is not experimental; none fails the build. */
  public static final CheckOptions DEFAULT = new CheckOptions(Set.of(), false, Set.of());

  public CheckOptions {
    skipped = Set.copyOf(skipped);
    experimental = Set.copyOf(experimental);
  }

  /**
   * Reads the value of the directive, or of the build argument {@code BUILDKIT_DOCKERFILE_CHECK}.
   *
   * @throws SyntaxException when it names no option or no rule
   */
  public static CheckOptions parse(String text) throws SyntaxException {
    Set<Rule> skipped = EnumSet.noneOf(Rule.class);
    Set<Rule> experimental = EnumSet.noneOf(Rule.class);
    boolean error = false;
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      String name = (equals < 0 ? part : part.substring(0, equals)).strip();
      String value = equals < 0 ? "" : part.substring(equals + 1).strip();
      switch (name.toLowerCase(Locale.ROOT)) {
        case "skip" -> skipped.addAll(rules(value));
        case "experimental" -> experimental.addAll(rules(value));
        case "error" -> error = isTrue(value);
        case "" -> {}
        default ->
            throw new SyntaxException(
                name,
                "check has no option \"" + name + "\"",
                Spelling.didYouMean(
                    name,
                    Set.of("skip", "error", "experimental"),
                    "use skip, error or experimental"));
      }
    }
    return new CheckOptions(skipped, error, experimental);
  }

  private static Set<Rule> rules(String value) throws SyntaxException {
    if (value.equalsIgnoreCase("all")) {
      return EnumSet.allOf(Rule.class);
    }
    Set<Rule> rules = EnumSet.noneOf(Rule.class);
    for (String title : Arrays.stream(value.split(",", -1)).map(String::strip).toList()) {
      Rule rule = Rule.of(title);
      if (rule == null) {
        throw new SyntaxException(
            title,
            "\"" + title + "\" is no check",
            Spelling.didYouMean(title, Rule.titles(), "write names of checks, or all"));
      }
      rules.add(rule);
    }
    return rules;
  }

  private static boolean isTrue(String value) throws SyntaxException {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default ->
          throw new SyntaxException(
              value, "error is true or false, not \"" + value + "\"", "write error=true");
    };
  }

  /** Whether a rule is looked at. */
  boolean looksAt(Rule rule) {
    return !skipped.contains(rule) && (!rule.isExperimental() || experimental.contains(rule));
  }
}
