package dev.jcompose.cli.command;

import dev.jcompose.cli.session.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** What was written after the verb. Options are asked for by their long name. */
public final class Arguments {
  private final ParseResult parsed;

  Arguments(ParseResult parsed) {
    this.parsed = parsed;
  }

  /** Whether the option was given (and not as {@code =false}). */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(parsed.matchedOptionValue(name, false));
  }

  /** A flag that is on or off by default. */
  public boolean flag(String name, boolean byDefault) {
    return Boolean.TRUE.equals(parsed.matchedOptionValue(name, byDefault));
  }

  /** Whether the option was written at all. */
  public boolean has(String name) {
    return parsed.hasMatchedOption(name);
  }

  /** The option's text, null when it was not given. */
  public @Nullable String text(String name) {
    return parsed.matchedOptionValue(name, (String) null);
  }

  /** The option's text or this one. */
  public String text(String name, String byDefault) {
    String text = text(name);
    return text == null ? byDefault : text;
  }

  /** The option's number, null when it was not given. */
  public @Nullable Integer number(String name) {
    return parsed.matchedOptionValue(name, (Integer) null);
  }

  /**
   * The replica that {@code --index} names, counted from 1; 0 when it was not given.
   *
   * @throws UserError when it cannot be one
   */
  public int replica() {
    Integer index = number("--index");
    if (index != null && index < 1) {
      throw UserError.usage("--index " + index + " is not a replica; they start at 1");
    }
    return index == null ? 0 : index;
  }

  /** Every value of a repeatable option, in order. */
  public List<String> list(String name) {
    return List.copyOf(parsed.matchedOptionValue(name, List.<String>of()));
  }

  /**
   * What was written, in a form that means the same for another verb with these options.
   *
   * @param without long names of options that are left out
   */
  public List<String> words(Set<String> without) {
    List<String> words = new ArrayList<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      if (!without.contains(option.longestName())) {
        option
            .originalStringValues()
            .forEach(value -> words.add(option.longestName() + "=" + value));
      }
    }
    words.addAll(operands());
    return words;
  }

  /** The operands, in order. */
  public List<String> operands() {
    return List.copyOf(parsed.matchedPositionalValue(0, List.<String>of()));
  }
}
