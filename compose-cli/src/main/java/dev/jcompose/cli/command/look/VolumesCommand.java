package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Listing;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.MountView;
import dev.jcompose.core.port.view.VolumeView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code volumes}: the volumes of a project, or those that some services use. */
public final class VolumesCommand implements Command {
  private record Volumes(List<VolumeView> volumes) implements Listing {
    Volumes {
      volumes = List.copyOf(volumes);
    }

    @Override
    public Table table() {
      Table table = new Table("DRIVER", "VOLUME NAME");
      volumes.forEach(volume -> table.row(volume.driver(), volume.name()));
      return table;
    }

    @Override
    public List<Map<String, Object>> rows() {
      return volumes.stream().map(Volumes::row).toList();
    }

    @Override
    public List<Map<String, String>> labels() {
      return volumes.stream().map(VolumeView::labels).toList();
    }

    @Override
    public Map<String, String> titles() {
      return Map.of("Name", "VOLUME NAME");
    }

    // The fields of `docker volume ls`, those that only a swarm fills left at what it prints there.
    private static Map<String, Object> row(VolumeView volume) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("Availability", "N/A");
      row.put("Driver", volume.driver());
      row.put("Group", "N/A");
      row.put(
          "Labels",
          volume.labels().entrySet().stream()
              .map(label -> label.getKey() + "=" + label.getValue())
              .sorted()
              .collect(Collectors.joining(",")));
      row.put("Links", "N/A");
      row.put("Mountpoint", volume.mountpoint());
      row.put("Name", volume.name());
      row.put("Scope", "local");
      row.put("Size", "N/A");
      row.put("Status", "N/A");
      return row;
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .flag("Names only.", "-q", "--quiet")
        .operands("SERVICE", "0..*", "Only volumes that these services use.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose volumes", arguments.text("--format"), RowFormat.JsonShape.LINES);
    ProjectContext context = ProjectContext.of(session, List.of());
    List<VolumeView> volumes;
    try (Engine engine = session.engine()) {
      List<String> services = arguments.operands();
      Set<String> used =
          services.isEmpty()
              ? Set.of()
              : context.containers(engine, services, true).stream()
                  .flatMap(container -> container.mounts().stream())
                  .map(MountView::name)
                  .collect(Collectors.toSet());
      volumes =
          engine.volumes().stream()
              .filter(v -> context.name().equals(v.labels().get(Labels.PROJECT)))
              .filter(v -> services.isEmpty() || used.contains(v.name()))
              .sorted((a, b) -> a.name().compareTo(b.name()))
              .toList();
    }
    if (arguments.flag("--quiet")) {
      volumes.forEach(volume -> session.out().println(volume.name()));
    } else {
      session.out().print(format.print(new Volumes(volumes)));
    }
    return ExitCode.OK.code();
  }
}
