package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Listing;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** {@code ls}: the projects that have containers in the engine. */
public final class LsCommand implements Command {
  private record ProjectRow(String name, String status, String configFiles) {
    static ProjectRow of(String name, List<ContainerView> containers) {
      Map<String, Integer> states = new TreeMap<>();
      containers.forEach(c -> states.merge(c.status().toString(), 1, Integer::sum));
      return new ProjectRow(
          name,
          states.entrySet().stream()
              .map(state -> state.getKey() + "(" + state.getValue() + ")")
              .collect(Collectors.joining(", ")),
          containers.stream()
              .map(c -> c.label(Labels.CONFIG_FILES))
              .filter(files -> !files.isEmpty())
              .distinct()
              .collect(Collectors.joining(",")));
    }
  }

  private record Projects(List<ProjectRow> projects) implements Listing {
    Projects {
      projects = List.copyOf(projects);
    }

    @Override
    public Table table() {
      Table table = new Table("NAME", "STATUS", "CONFIG FILES");
      projects.forEach(p -> table.row(p.name(), p.status(), p.configFiles()));
      return table;
    }

    @Override
    public List<Map<String, Object>> rows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (ProjectRow project : projects) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("Name", project.name());
        row.put("Status", project.status());
        row.put("ConfigFiles", project.configFiles());
        rows.add(row);
      }
      return rows;
    }

    @Override
    public Map<String, String> titles() {
      return Map.of();
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Projects that have stopped too.", "-a", "--all")
        .list("name=NAME", "Only this name, or names that match it.", "--filter")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .flag("Names only.", "-q", "--quiet")
        .operands("", "0", "");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose ls", arguments.text("--format"), RowFormat.JsonShape.ARRAY);
    List<Predicate<String>> filters =
        arguments.list("--filter").stream().map(LsCommand::filter).toList();
    boolean all = arguments.flag("--all");
    Map<String, List<ContainerView>> projects = new TreeMap<>();
    try (Engine engine = session.engine()) {
      for (ContainerView container : engine.containers(List.of(Labels.PROJECT))) {
        if (!container.label(Labels.ONE_OFF).equals("True")) {
          projects
              .computeIfAbsent(container.label(Labels.PROJECT), name -> new ArrayList<>())
              .add(container);
        }
      }
    }
    List<ProjectRow> rows =
        projects.entrySet().stream()
            .filter(p -> all || p.getValue().stream().anyMatch(c -> c.status().up()))
            .filter(p -> filters.isEmpty() || filters.stream().anyMatch(f -> f.test(p.getKey())))
            .map(p -> ProjectRow.of(p.getKey(), p.getValue()))
            .toList();
    if (arguments.flag("--quiet")) {
      rows.forEach(row -> session.out().println(row.name()));
    } else {
      session.out().print(format.print(new Projects(rows)));
    }
    return ExitCode.OK.code();
  }

  private static Predicate<String> filter(String text) {
    if (!text.startsWith("name=")) {
      throw UserError.usage("--filter \"" + text + "\" is not available; write name=NAME");
    }
    String wanted = text.substring("name=".length());
    try {
      Pattern pattern = Pattern.compile(wanted);
      return name -> name.equals(wanted) || pattern.matcher(name).find();
    } catch (PatternSyntaxException e) {
      throw UserError.usage(
          "--filter \"" + text + "\" is neither a name nor a pattern: " + e.getDescription());
    }
  }
}
