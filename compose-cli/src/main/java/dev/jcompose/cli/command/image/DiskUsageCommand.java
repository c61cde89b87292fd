package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Age;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.render.table.Listing;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** {@code image df}: what images, containers and volumes take on disk. */
final class DiskUsageCommand implements Command {
  /** Longer descriptions are cut. */
  private static final int LONGEST = 60;

  private record Row(String type, String total, String active, long size, long reclaimable) {}

  private record Rows(List<Row> list) implements Listing {
    Rows {
      list = List.copyOf(list);
    }

    @Override
    public Table table() {
      Table table = new Table("TYPE", "TOTAL", "ACTIVE", "SIZE", "RECLAIMABLE");
      list.forEach(
          row -> table.row(row.type(), row.total(), row.active(), Bytes.of(row.size()), free(row)));
      return table;
    }

    @Override
    public List<Map<String, Object>> rows() {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Row row : list) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("Active", row.active());
        fields.put("Reclaimable", free(row));
        fields.put("Size", Bytes.of(row.size()));
        fields.put("TotalCount", row.total());
        fields.put("Type", row.type());
        rows.add(fields);
      }
      return rows;
    }

    @Override
    public Map<String, String> titles() {
      return Map.of("TotalCount", "TOTAL");
    }

    private static String free(Row row) {
      return Bytes.of(row.reclaimable())
          + (row.size() == 0 ? "" : " (" + row.reclaimable() * 100 / row.size() + "%)");
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .flag("Also list each step and cache mount that builds keep.", "-v", "--verbose");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse("jcompose image df", arguments.text("--format"), RowFormat.JsonShape.LINES);
    JsonObject usage;
    try (EngineClient client = session.client()) {
      usage = client.images().usage();
    }
    session.out().print(format.print(new Rows(rows(usage))));
    if (arguments.flag("--verbose")) {
      session.out().print("\n" + buildCache(usage.objects("BuildCache")));
    }
    return ExitCode.OK.code();
  }

  private static List<Row> rows(JsonObject usage) {
    List<Row> rows = new ArrayList<>();
    List<JsonObject> images = usage.objects("Images");
    long used =
        images.stream()
            .filter(image -> image.number("Containers") > 0)
            .mapToLong(image -> image.number("Size"))
            .sum();
    long layers = usage.number("LayersSize");
    rows.add(
        new Row(
            "Images",
            Integer.toString(images.size()),
            count(images, image -> image.number("Containers") > 0),
            layers,
            Math.max(0, layers - used)));
    JsonObject store = usage.objectOrNull("JcomposeStore");
    if (store != null) {
      rows.add(
          new Row("Image archives", "-", "-", store.number("Blobs"), store.number("Leftovers")));
    }
    rows.add(
        row(
            "Containers",
            usage.objects("Containers"),
            container -> container.string("State").equals("running"),
            container -> container.number("SizeRw")));
    rows.add(
        row(
            "Local Volumes",
            usage.objects("Volumes"),
            volume -> volume.object("UsageData").number("RefCount") > 0,
            volume -> volume.object("UsageData").number("Size")));
    // What an image has too is counted there.
    rows.add(
        row(
            "Build Cache",
            usage.objects("BuildCache"),
            entry -> entry.flag("InUse"),
            entry -> entry.flag("Shared") ? 0 : entry.number("Size")));
    return rows;
  }

  private static Table buildCache(List<JsonObject> entries) {
    Table table = new Table("CACHE ID", "TYPE", "SIZE", "LAST USED", "STATE", "DESCRIPTION");
    for (JsonObject entry : entries) {
      String id = entry.string("ID");
      String description = entry.string("Description");
      table.row(
          id.substring(0, Math.min(12, id.length())),
          entry.string("Type"),
          Bytes.of(entry.number("Size")),
          Age.of(Duration.between(Instant.parse(entry.string("LastUsedAt")), Instant.now()))
              + " ago",
          entry.flag("InUse") ? "in use" : entry.flag("Shared") ? "of an image" : "reclaimable",
          description.length() > LONGEST
              ? description.substring(0, LONGEST - 1) + "…"
              : description);
    }
    return table;
  }

  private static Row row(
      String type,
      List<JsonObject> all,
      Predicate<JsonObject> active,
      ToLongFunction<JsonObject> size) {
    return new Row(
        type,
        Integer.toString(all.size()),
        count(all, active),
        all.stream().mapToLong(size).sum(),
        all.stream().filter(active.negate()).mapToLong(size).sum());
  }

  private static String count(List<JsonObject> all, Predicate<JsonObject> active) {
    return Long.toString(all.stream().filter(active).count());
  }
}
