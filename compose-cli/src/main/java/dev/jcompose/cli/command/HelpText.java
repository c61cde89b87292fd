package dev.jcompose.cli.command;

import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Help for one verb: usage line, sentence, operands, options in alphabetical order, notes. */
final class HelpText {
  private static final int WIDTH = 96;
  private static final int COLUMN = 30;

  private HelpText() {}

  static String of(CommandSpec spec, int mostOperands) {
    StringBuilder text = new StringBuilder("usage: ").append(spec.name()).append(" [OPTIONS]");
    List<PositionalParamSpec> operands = spec.positionalParameters();
    text.append(synopsis(spec, mostOperands));
    text.append("\n\n").append(String.join("\n", spec.usageMessage().description())).append('\n');
    for (PositionalParamSpec operand : operands) {
      text.append('\n');
      appendRow(text, "  " + operand.paramLabel(), String.join(" ", operand.description()));
    }
    text.append('\n').append(options(spec));
    for (String line : spec.usageMessage().footer()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** The operands as the usage line has them, each after a space. */
  static String synopsis(CommandSpec spec, int mostOperands) {
    StringBuilder text = new StringBuilder();
    for (PositionalParamSpec operand : spec.positionalParameters()) {
      text.append(' ').append(operandSynopsis(operand, mostOperands));
    }
    return text.toString();
  }

  static String options(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    spec.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::longestName))
        .forEach(option -> appendRow(text, names(option), String.join(" ", option.description())));
    return text.toString();
  }

  private static String operandSynopsis(PositionalParamSpec operand, int most) {
    String label = operand.paramLabel();
    String repeated = most > label.split(" ", -1).length ? label + "..." : label;
    return operand.required() ? repeated : "[" + repeated + "]";
  }

  private static String names(OptionSpec option) {
    String shortest = option.shortestName();
    String longest = option.longestName();
    String names =
        shortest.startsWith("--") ? "      " + longest : "  " + shortest + ", " + longest;
    return isFlag(option) ? names : names + " " + option.paramLabel();
  }

  private static boolean isFlag(OptionSpec option) {
    return option.type() == boolean.class;
  }

  private static void appendRow(StringBuilder text, String left, String right) {
    text.append(left);
    int column = left.length();
    if (column + 2 > COLUMN) {
      text.append('\n');
      column = 0;
    }
    text.append(" ".repeat(COLUMN - column));
    column = COLUMN;
    for (String word : right.split(" ", -1)) {
      if (column + word.length() > WIDTH) {
        text.append('\n').append(" ".repeat(COLUMN));
        column = COLUMN;
      }
      text.append(word).append(' ');
      column += word.length() + 1;
    }
    text.setLength(text.length() - 1);
    text.append('\n');
  }
}
