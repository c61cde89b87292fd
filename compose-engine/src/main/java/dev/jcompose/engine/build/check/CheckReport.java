package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.source.SourceText;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the checks found.
 *
 * @param source the Dockerfile
 * @param warnings in the order of the lines
 * @param error whether they fail the build
 */
public record CheckReport(SourceText source, List<CheckWarning> warnings, boolean error) {
  public CheckReport {
    warnings = List.copyOf(warnings);
  }

  /** Whether the build ends here. */
  public boolean failsBuild() {
    return error && !warnings.isEmpty();
  }

  /** Names of the rules that found something, each once: {@code RuleA, RuleB}. */
  public String rules() {
    return warnings.stream()
        .map(warning -> warning.rule().title())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** All warnings with their lines and where to read more; what {@code build --check} prints. */
  public String details() {
    if (warnings.isEmpty()) {
      return "Check complete, no warnings found.\n";
    }
    StringBuilder text = new StringBuilder();
    String count = warnings.size() == 1 ? "1 warning" : warnings.size() + " warnings";
    text.append("Check complete, ").append(count).append(" found.\n");
    for (CheckWarning warning : warnings) {
      text.append("\nWARNING: ").append(warning.rule().title()).append(" - ");
      text.append(warning.rule().url()).append('\n').append(warning.message()).append('\n');
      text.append(source.name()).append(':').append(warning.range().first()).append('\n');
      text.append(source.frame(warning.range()));
    }
    return text.toString();
  }

  /**
   * Tells what was found.
   *
   * @param asked whether nobody wants more than that, so that every warning is told with its lines
   * @param warn takes a warning at a time
   * @return why the build ends here; null when it goes on
   */
  public @Nullable String tell(boolean asked, Consumer<String> warn) {
    if (asked || failsBuild()) {
      warn.accept(details().stripTrailing());
    } else {
      warnings.forEach(warning -> warn.accept(source.name() + ": " + warning));
    }
    return failsBuild() ? "lint violation found for rules: " + rules() : null;
  }

  /** One line for each warning; what a build prints at its end. */
  public String summary() {
    return warnings.stream().map(warning -> " - " + warning + "\n").collect(Collectors.joining());
  }
}
