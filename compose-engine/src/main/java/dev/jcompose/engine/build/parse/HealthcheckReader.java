package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Instruction;
import dev.jcompose.engine.build.source.SyntaxException;
import dev.jcompose.engine.build.source.Whitespace;
import dev.jcompose.engine.image.ImageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads HEALTHCHECK. */
final class HealthcheckReader {
  private static final Map<String, Flags.Kind> FLAGS = new LinkedHashMap<>();

  static {
    for (String flag :
        List.of("interval", "timeout", "start-period", "start-interval", "retries")) {
      FLAGS.put(flag, Flags.Kind.TEXT);
    }
  }

  private HealthcheckReader() {}

  static Instruction read(Statement statement) throws SyntaxException {
    String rest = statement.rest();
    int end = 0;
    while (end < rest.length() && !Whitespace.is(rest.charAt(end))) {
      end++;
    }
    String type = rest.substring(0, end).toUpperCase(Locale.ROOT);
    String command = Whitespace.strip(rest.substring(end));
    return switch (type) {
      case "NONE" -> none(statement, command);
      case "CMD" -> probe(statement, command);
      case "" ->
          throw new SyntaxException(
              "", "HEALTHCHECK needs to know what to do", "write HEALTHCHECK CMD command, or NONE");
      default ->
          throw new SyntaxException(
              rest.substring(0, end),
              "\"" + rest.substring(0, end) + "\" is no kind of HEALTHCHECK",
              "write HEALTHCHECK CMD " + rest + ", or NONE");
    };
  }

  private static Instruction none(Statement statement, String command) throws SyntaxException {
    Flags unused = new Flags(statement, FLAGS);
    if (!command.isEmpty()) {
      throw new SyntaxException(command, "HEALTHCHECK NONE takes nothing more", "remove the rest");
    }
    for (String flag : FLAGS.keySet()) {
      if (!unused.texts(flag).isEmpty()) {
        throw new SyntaxException(
            "--" + flag, "HEALTHCHECK NONE has no flag --" + flag, "remove it, or write CMD");
      }
    }
    return new Instruction.Healthcheck(
        statement.origin(),
        new ImageConfig.Healthcheck(
            List.of("NONE"), Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0));
  }

  private static Instruction probe(Statement statement, String command) throws SyntaxException {
    Flags flags = new Flags(statement, FLAGS);
    List<String> arguments = Words.json(command);
    if (command.isEmpty() || (arguments != null && arguments.isEmpty())) {
      throw new SyntaxException("CMD", "HEALTHCHECK CMD has no command", "add one, or write NONE");
    }
    List<String> test = new ArrayList<>();
    test.add(arguments == null ? "CMD-SHELL" : "CMD");
    test.addAll(arguments == null ? List.of(command) : arguments);
    return new Instruction.Healthcheck(
        statement.origin(),
        new ImageConfig.Healthcheck(
            test,
            span(flags, "interval"),
            span(flags, "timeout"),
            span(flags, "start-period"),
            span(flags, "start-interval"),
            retries(flags.text("retries"))));
  }

  private static Duration span(Flags flags, String name) throws SyntaxException {
    String value = flags.text(name);
    if (value.isEmpty()) {
      return Duration.ZERO;
    }
    Duration span = GoDuration.parse(value);
    if (span == null) {
      throw new SyntaxException(
          value, "--" + name + "=" + value + " is no time span", "write one such as 30s or 1m30s");
    }
    if (!span.isZero() && span.compareTo(Duration.ofMillis(1)) < 0) {
      throw new SyntaxException(
          value, "--" + name + "=" + value + " is shorter than 1ms", "write at least 1ms, or 0");
    }
    return span;
  }

  private static int retries(String value) throws SyntaxException {
    if (value.isEmpty()) {
      return 0;
    }
    try {
      int retries = Integer.parseInt(value);
      if (retries >= 0) {
        return retries;
      }
    } catch (NumberFormatException _) {
      // Told below.
    }
    throw new SyntaxException(
        value, "--retries=" + value + " is no count", "write a whole number that is not negative");
  }
}
