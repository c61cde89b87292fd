package dev.jcompose.cli.render.table;

import java.util.List;
import java.util.Map;

/** What containers use, as {@code stats} lists it. */
public record UsageList(List<UsageRow> containers) implements Listing {
  public UsageList {
    containers = List.copyOf(containers);
  }

  @Override
  public Table table() {
    Table table =
        new Table(
            "CONTAINER ID",
            "NAME",
            "CPU %",
            "MEM USAGE / LIMIT",
            "MEM %",
            "NET I/O",
            "BLOCK I/O",
            "PIDS");
    for (UsageRow row : containers) {
      table.row(
          row.id(),
          row.container().name(),
          row.cpu(),
          row.memory(),
          row.memoryPercent(),
          row.network(),
          row.block(),
          Long.toString(row.usage().processes()));
    }
    return table;
  }

  @Override
  public List<Map<String, Object>> rows() {
    return containers.stream().map(UsageRow::fields).toList();
  }

  @Override
  public Map<String, String> titles() {
    return Map.of(
        "ID", "CONTAINER ID",
        "CPUPerc", "CPU %",
        "MemUsage", "MEM USAGE / LIMIT",
        "MemPerc", "MEM %",
        "NetIO", "NET I/O",
        "BlockIO", "BLOCK I/O");
  }
}
