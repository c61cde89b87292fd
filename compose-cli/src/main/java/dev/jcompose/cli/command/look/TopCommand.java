package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code top}: the processes of running containers. */
public final class TopCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax.operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ProjectContext context = ProjectContext.of(session, List.of());
    Table table = null;
    try (Engine engine = session.engine()) {
      for (ContainerView container : context.containers(engine, arguments.operands(), true)) {
        if (container.status().up()) {
          table = with(table, container, engine.top(container.id()));
        }
      }
    }
    if (table != null) {
      session.out().print(table);
    }
    return ExitCode.OK.code();
  }

  private static Table with(
      @Nullable Table begun, ContainerView container, ProcessTable processes) {
    Table table = begun;
    if (table == null) {
      table = new Table(cells("SERVICE", "#", processes.titles()));
    }
    for (List<String> process : processes.rows()) {
      table.row(cells(container.label(Labels.SERVICE), container.label(Labels.NUMBER), process));
    }
    return table;
  }

  private static String[] cells(String service, String number, List<String> more) {
    List<String> cells = new ArrayList<>(List.of(service, number));
    cells.addAll(more);
    return cells.toArray(String[]::new);
  }
}
