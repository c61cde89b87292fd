package dev.jcompose.cli.command;

import dev.jcompose.cli.session.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;

/**
 * The options and operands of one verb, built without annotations because those cannot be kept in
 * the class cache. Names of an option are given short first, the long one last.
 */
public final class Syntax {
  static {
    // What picocli would look for or load at each start, and nothing here uses: closures of Groovy
    // and converters to types that no option has. Together several milliseconds.
    System.setProperty("picocli.disable.closures", "true");
    System.setProperty("picocli.converters.excludes", "java\\.(sql|time|nio)\\..*");
  }

  private final CommandSpec spec;
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private boolean stopsAtOperand;
  private int mostOperands;

  /** Starts with {@code --help} only. */
  public Syntax(String qualifiedName, String sentence) {
    spec = CommandSpec.create().name(qualifiedName);
    spec.usageMessage().description(sentence);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help.")
            .type(boolean.class)
            .build());
  }

  /** An option without a value; {@code --name=false} is understood. */
  public Syntax flag(String sentence, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(boolean.class)
            .arity("0..1")
            .fallbackValue("true")
            .description(sentence)
            .build());
    return this;
  }

  /** An option with one value; the last one counts. */
  public Syntax text(String label, String sentence, String... names) {
    spec.addOption(value(String.class, label, sentence, names).build());
    return this;
  }

  /** An option with a whole number. */
  public Syntax number(String label, String sentence, String... names) {
    spec.addOption(value(Integer.class, label, sentence, names).build());
    return this;
  }

  /** An option that may be given several times. */
  public Syntax list(String label, String sentence, String... names) {
    spec.addOption(value(List.class, label, sentence, names).auxiliaryTypes(String.class).build());
    return this;
  }

  /**
   * An option of docker compose that does not work here: giving it ends with this reason, and help
   * does not list it.
   *
   * @param reason follows the option's name in a sentence
   * @param takesValue whether the option has a value
   */
  public Syntax refuse(String reason, boolean takesValue, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(takesValue ? String.class : boolean.class)
            .arity(takesValue ? "1" : "0..1")
            .fallbackValue(takesValue ? "" : "true")
            .hidden(true)
            .build());
    refusals.put(names[names.length - 1], reason);
    return this;
  }

  /** Flags of docker compose that have had no effect there for a long time; help lists none. */
  public Syntax hidden(String... names) {
    for (String name : names) {
      spec.addOption(
          OptionSpec.builder(name)
              .type(boolean.class)
              .arity("0..1")
              .fallbackValue("true")
              .hidden(true)
              .build());
    }
    return this;
  }

  /**
   * The operands.
   *
   * @param arity how many, such as {@code 0..*} or {@code 1}
   */
  public Syntax operands(String label, String arity, String sentence) {
    mostOperands = arity.endsWith("*") ? Integer.MAX_VALUE : Range.valueOf(arity).max();
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel(label)
            .index("0..*")
            // picocli would take one more group of operands after the other, so `read` counts them.
            .arity(Range.valueOf(arity).min() + "..*")
            .required(!arity.startsWith("0"))
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(sentence)
            .build());
    return this;
  }

  /** Everything after the first operand is an operand, even when it looks like an option. */
  public Syntax stopAtOperand() {
    stopsAtOperand = true;
    return this;
  }

  /** A paragraph under the options in the verb's help. */
  public Syntax note(String... lines) {
    spec.usageMessage().footer(lines);
    return this;
  }

  /**
   * An option as shells are told of it.
   *
   * @param names short first
   * @param value what its value is called; null when it has none
   */
  public record Option(List<String> names, @Nullable String value, String sentence) {}

  /** The options that help lists. */
  public List<Option> options() {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .map(
            option ->
                new Option(
                    List.of(option.names()),
                    option.type() == boolean.class ? null : option.paramLabel(),
                    String.join(" ", option.description())))
        .toList();
  }

  /** Names of the options that help does not list: those that are refused or have no effect. */
  public List<List<String>> unlisted() {
    return spec.options().stream()
        .filter(OptionSpec::hidden)
        .map(option -> List.of(option.names()))
        .toList();
  }

  /** What the operands are called; empty when there are none. */
  public String operandLabel() {
    return spec.positionalParameters().isEmpty()
        ? ""
        : spec.positionalParameters().getFirst().paramLabel();
  }

  /** What the operands are, a sentence; empty when there are none. */
  public String operandSentence() {
    return spec.positionalParameters().isEmpty()
        ? ""
        : String.join(" ", spec.positionalParameters().getFirst().description());
  }

  /** How operands are written, as in the first line of help. */
  public String synopsis() {
    return HelpText.synopsis(spec, mostOperands).strip();
  }

  /** The paragraph under the options, by lines. */
  public List<String> notes() {
    return List.of(spec.usageMessage().footer());
  }

  /** Whether no more options are looked for after the first operand. */
  public boolean stopsAtOperand() {
    return stopsAtOperand;
  }

  /** The full name, such as {@code jcompose up}. */
  public String name() {
    return spec.name();
  }

  /** The whole help text. */
  public String help() {
    return HelpText.of(spec, mostOperands);
  }

  /** The list of options alone, as in help. */
  public String optionList() {
    return HelpText.options(spec);
  }

  CommandLine commandLine() {
    return new CommandLine(spec)
        .setStopAtPositional(stopsAtOperand)
        .setOverwrittenOptionsAllowed(true)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  Arguments read(CommandLine line, List<String> words) {
    var parsed = line.parseArgs(words.toArray(String[]::new));
    if (!parsed.isUsageHelpRequested()) {
      refusals.forEach(
          (name, reason) -> {
            if (parsed.hasMatchedOption(name)
                && !Boolean.FALSE.equals(parsed.<Object>matchedOptionValue(name, true))) {
              throw UserError.usage(spec.name() + " " + name + " " + reason);
            }
          });
    }
    Arguments arguments = new Arguments(parsed);
    if (arguments.operands().size() > mostOperands) {
      throw UserError.usage(
          spec.name()
              + " takes no \""
              + arguments.operands().get(mostOperands)
              + "\"; "
              + spec.name()
              + " --help shows what it takes");
    }
    return arguments;
  }

  private static OptionSpec.Builder value(
      Class<?> type, String label, String sentence, String... names) {
    return OptionSpec.builder(names).type(type).arity("1").paramLabel(label).description(sentence);
  }
}
