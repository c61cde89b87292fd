package dev.jcompose.cli.command.engine;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.doctor.Doctor;
import dev.jcompose.cli.doctor.Finding;
import dev.jcompose.cli.doctor.Host;
import dev.jcompose.cli.engine.EnginePlace;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** {@code doctor}. Starts nothing and changes nothing. */
public final class DoctorCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FORMAT", "How to print it: pretty or json.", "--format")
        .flag("List every setting with its variable, value and meaning.", "--settings")
        .note(
            "The exit status is 1 when something is missing that containers need.",
            "Nothing is started or changed.");
  }

  @Override
  public int run(Arguments arguments, Session session) {
    String format = arguments.text("--format", "pretty");
    if (!List.of("pretty", "json").contains(format)) {
      throw UserError.usage(
          "jcompose doctor --format \"" + format + "\" is not known; write pretty or json");
    }
    boolean json = format.equals("json");
    if (arguments.flag("--settings")) {
      settings(session, json);
      return ExitCode.OK.code();
    }
    List<Finding> findings =
        Doctor.look(Host.here(), EnginePlace.of(session), session.environment());
    if (json) {
      session.out().println(Json.print(findings.stream().map(DoctorCommand::json).toList()));
    } else {
      findings.forEach(finding -> print(finding, session.out()));
    }
    return findings.stream().anyMatch(each -> each.state() == Finding.State.MISSING)
        ? ExitCode.FAILURE.code()
        : ExitCode.OK.code();
  }

  private static void print(Finding finding, PrintStream out) {
    out.printf(
        "%-8s %-29s %s%n",
        finding.state().name().toLowerCase(Locale.ROOT),
        finding.check(),
        finding.found() + (finding.mend().isEmpty() ? "" : "; mend: " + finding.mend()));
  }

  private static JsonObject json(Finding finding) {
    return JsonObject.builder()
        .put("check", finding.check())
        .put("state", finding.state().name().toLowerCase(Locale.ROOT))
        .put("found", finding.found())
        .put("mend", finding.mend())
        .build();
  }

  private static void settings(Session session, boolean json) {
    for (Setting setting : Setting.values()) {
      String value = setting.in(session.environment());
      if (json) {
        session
            .out()
            .println(
                Json.print(
                    JsonObject.builder()
                        .put("variable", setting.variable())
                        .put("value", value)
                        .put("default", setting.defaultValue())
                        .put("meaning", setting.sentence())
                        .build()));
      } else {
        String shown = value == null ? setting.defaultValue() : value;
        session.out().printf("%-26s %-20s %s%n", setting.variable(), shown, setting.sentence());
      }
    }
  }
}
