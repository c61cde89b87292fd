package dev.jcompose.cli.render.table;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** Containers as {@code ps} lists them. */
public record ContainerList(List<ContainerRow> containers) implements Listing {
  public ContainerList {
    containers = List.copyOf(containers);
  }

  @Override
  public Table table() {
    Table table = new Table("NAME", "IMAGE", "COMMAND", "SERVICE", "CREATED", "STATUS", "PORTS");
    for (ContainerRow row : containers) {
      table.row(
          row.container().name(),
          row.container().image(),
          row.command(),
          row.service(),
          row.runningFor(),
          row.container().statusText(),
          Ports.of(row.container().ports()));
    }
    return table;
  }

  @Override
  public List<Map<String, Object>> rows() {
    ZoneId zone = ZoneId.systemDefault();
    return containers.stream().map(row -> row.fields(zone)).toList();
  }

  @Override
  public List<Map<String, String>> labels() {
    return containers.stream().map(row -> row.container().labels()).toList();
  }

  @Override
  public Map<String, String> titles() {
    return Map.of("ID", "CONTAINER ID", "RunningFor", "CREATED");
  }
}
