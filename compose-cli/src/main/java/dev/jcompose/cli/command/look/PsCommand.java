package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.ContainerList;
import dev.jcompose.cli.render.table.ContainerRow;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.project.Project;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** {@code ps}. */
public final class PsCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Stopped containers too.", "-a", "--all")
        .flag("Ids only.", "-q", "--quiet")
        .flag("Names of services only.", "--services")
        .list(
            "STATE",
            "Only containers in this state: created, running, paused, restarting, removing, exited"
                + " or dead; may be repeated.",
            "--status")
        .text("STATE", "status=STATE, the same as --status STATE.", "--filter")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .flag("Whole ids and commands.", "--no-trunc")
        .flag(
            "Containers of services that are no longer in the file too; on unless =false.",
            "--orphans")
        .operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose ps", arguments.text("--format"), RowFormat.JsonShape.LINES);
    Set<ContainerStatus> states = states(arguments);
    ProjectContext context = ProjectContext.of(session, List.of());
    Instant now = Instant.now();
    boolean truncates = !arguments.flag("--no-trunc");
    List<ContainerRow> rows;
    try (Engine engine = session.engine()) {
      rows =
          context.containers(engine, arguments.operands(), arguments.flag("--all")).stream()
              .filter(c -> states.contains(c.status()))
              .filter(c -> arguments.flag("--orphans", true) || isKnown(context, c))
              .map(c -> new ContainerRow(c, now, truncates))
              .toList();
    }
    session.out().print(text(arguments, format, rows));
    return ExitCode.OK.code();
  }

  private static String text(Arguments arguments, RowFormat format, List<ContainerRow> rows) {
    if (arguments.flag("--quiet")) {
      // Whole ids, as docker compose prints them: scripts pass them on.
      return lines(rows.stream().map(row -> row.container().id()));
    }
    if (arguments.flag("--services")) {
      return lines(rows.stream().map(ContainerRow::service).distinct());
    }
    return format.print(new ContainerList(rows));
  }

  private static String lines(Stream<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static boolean isKnown(ProjectContext context, ContainerView container) {
    Project project = context.project();
    String service = container.label("com.docker.compose.service");
    return project == null
        || project.services().containsKey(service)
        || project.disabledServices().containsKey(service);
  }

  private static Set<ContainerStatus> states(Arguments arguments) {
    List<String> words = new java.util.ArrayList<>(arguments.list("--status"));
    String filter = arguments.text("--filter");
    if (filter != null) {
      if (!filter.startsWith("status=")) {
        throw UserError.usage(
            "jcompose ps --filter \"" + filter + "\" is not available; write status=running");
      }
      words.add(filter.substring("status=".length()));
    }
    if (words.isEmpty()) {
      Set<ContainerStatus> shown = EnumSet.allOf(ContainerStatus.class);
      if (!arguments.flag("--all")) {
        shown.removeAll(
            EnumSet.of(ContainerStatus.CREATED, ContainerStatus.EXITED, ContainerStatus.DEAD));
      }
      return shown;
    }
    Set<ContainerStatus> states = EnumSet.noneOf(ContainerStatus.class);
    for (String word : words) {
      try {
        states.add(ContainerStatus.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw UserError.usage(
            "\""
                + word
                + "\" is not a state; write created, running, paused, restarting, removing, exited"
                + " or dead");
      }
    }
    return states;
  }
}
