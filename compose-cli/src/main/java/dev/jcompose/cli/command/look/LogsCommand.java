package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Moment;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.follow.Follower;
import dev.jcompose.cli.follow.LogHistory;
import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.project.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code logs}: what containers wrote, as one stream in the order of time. */
public final class LogsCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Go on as long as containers run.", "-f", "--follow")
        .number("N", "Only replica N of the one service named.", "--index")
        .flag("No colours.", "--no-color")
        .flag("Lines without the name of their container.", "--no-log-prefix")
        .text(
            "TIME",
            "Nothing before TIME: 2026-01-31T12:00:00Z, or 10m for ten minutes ago.",
            "--since")
        .text("TIME", "Nothing after TIME.", "--until")
        .text("N", "Only the last N lines of each container.", "-n", "--tail")
        .flag("Begin each line with its time.", "-t", "--timestamps")
        .operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    List<String> services = arguments.operands();
    Integer index = arguments.number("--index");
    if (index != null && services.size() != 1) {
      throw UserError.usage("jcompose logs --index needs exactly one SERVICE");
    }
    boolean follow = arguments.flag("--follow");
    LogRequest request =
        new LogRequest(
            false,
            arguments.flag("--timestamps"),
            tail(arguments.text("--tail", "all")),
            Moment.of(arguments, "--since"),
            Moment.of(arguments, "--until"));
    ProjectContext context = ProjectContext.of(session, List.of());
    LogPrinter printer =
        new LogPrinter(
            session.out(),
            session.err(),
            !arguments.flag("--no-log-prefix"),
            session.colours(false) && !arguments.flag("--no-color"));
    try (Engine engine = session.engine()) {
      if (!follow) {
        history(engine, context, printer)
            .print(wanted(context, engine, services, index), request, false);
        return ExitCode.OK.code();
      }
      return follow(engine, context, printer, request, services, index);
    }
  }

  private static int follow(
      Engine engine,
      ProjectContext context,
      LogPrinter printer,
      LogRequest request,
      List<String> services,
      @Nullable Integer index)
      throws InterruptedException {
    Instant began = Instant.now();
    Follower.Options options =
        new Follower.Options(
            event ->
                isWanted(
                    context,
                    services,
                    index,
                    event.attributes().getOrDefault(Labels.SERVICE, ""),
                    event.attributes().getOrDefault(Labels.NUMBER, "")),
            request.since(),
            request.timestamps(),
            false,
            false);
    try (Follower follower =
        new Follower(engine, context.name(), printer, context::shortName, options)) {
      follower.expectMore();
      List<ContainerView> containers = wanted(context, engine, services, index);
      Map<String, Instant> last =
          history(engine, context, printer).print(containers, request, false);
      for (ContainerView container : containers) {
        Instant line = last.get(container.id());
        follower.follow(
            container,
            line != null ? line.plusNanos(1) : request.tail() != null ? began : request.since());
      }
      follower.expectNoMore(List.of());
      while (follower.next().isPresent()) {
        // Each end only matters when it is the last.
      }
      return ExitCode.OK.code();
    }
  }

  private static LogHistory history(Engine engine, ProjectContext context, LogPrinter printer) {
    return new LogHistory(engine, printer, c -> context.shortName(c.name()));
  }

  private static List<ContainerView> wanted(
      ProjectContext context, Engine engine, List<String> services, @Nullable Integer index) {
    return context.containers(engine, services, false).stream()
        .filter(
            c ->
                isWanted(context, services, index, c.label(Labels.SERVICE), c.label(Labels.NUMBER)))
        .collect(Collectors.toUnmodifiableList());
  }

  // A service that is not attached to by `up` shows its log only when it is named.
  private static boolean isWanted(
      ProjectContext context,
      List<String> services,
      @Nullable Integer index,
      String service,
      String number) {
    if (!services.isEmpty()) {
      return services.contains(service) && (index == null || number.equals(index.toString()));
    }
    Service known = context.project() == null ? null : context.project().services().get(service);
    return known == null || known.attach();
  }

  private static @Nullable Integer tail(String text) {
    if (text.equals("all")) {
      return null;
    }
    try {
      int lines = Integer.parseInt(text);
      return lines < 0 ? null : lines;
    } catch (NumberFormatException e) {
      throw UserError.usage(
          "jcompose logs --tail \"" + text + "\" is not a number of lines; write 100, or all");
    }
  }
}
