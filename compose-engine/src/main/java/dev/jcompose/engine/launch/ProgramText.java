package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Errno;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes a launch program as text, one call per line. */
final class ProgramText {
  private final LaunchProgram program;

  ProgramText(LaunchProgram program) {
    this.program = program;
  }

  @Override
  public String toString() {
    Map<Integer, String> labels = new TreeMap<>();
    program.labels().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> labels.merge(e.getValue(), e.getKey() + ":\n", String::concat));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < program.entries().size(); i++) {
      text.append(labels.getOrDefault(i, ""));
      text.append("  ").append(line(program.entries().get(i))).append('\n');
    }
    return text.append(labels.getOrDefault(program.entries().size(), "")).toString();
  }

  private static String line(Entry entry) {
    StringBuilder line = new StringBuilder(entry.call().toString()).append('(');
    line.append(
        entry.arguments().stream().map(ProgramText::show).collect(Collectors.joining(", ")));
    line.append(')');
    if (entry.save() != null) {
      line.append(" -> ").append(entry.save());
    }
    if (!entry.tolerated().isEmpty()) {
      line.append(" or ")
          .append(
              entry.tolerated().stream()
                  .sorted(Comparator.comparingInt(Errno::number))
                  .map(Errno::name)
                  .collect(Collectors.joining(", ")));
      if (entry.ifTolerated() != null) {
        line.append(" then ").append(entry.ifTolerated());
      }
    }
    if (entry.least() != 0) {
      line.append(" at least ").append(entry.least());
    }
    if (entry.ifPositive() != null) {
      line.append(" if positive ").append(entry.ifPositive());
    }
    if (entry.reported()) {
      line.append(" reported");
    }
    return line.toString();
  }

  private static String show(Argument argument) {
    return switch (argument) {
      case Argument.Literal literal -> literal.text();
      case Argument.Text text -> quote(text.value());
      case Argument.Texts texts ->
          texts.values().stream()
              .map(ProgramText::quote)
              .collect(Collectors.joining(", ", "[", "]"));
      case Argument.Saved saved -> saved.name();
      case Argument.Block block -> block.text();
    };
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
