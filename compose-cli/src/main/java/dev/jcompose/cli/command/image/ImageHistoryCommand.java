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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code image history}. */
final class ImageHistoryCommand implements Command {
  private static final int SHORT_COMMAND = 45;
  private static final int SHORT_ID = 12;

  private record Steps(List<JsonObject> steps, boolean whole, Instant now) implements Listing {
    Steps {
      steps = List.copyOf(steps);
    }

    @Override
    public Table table() {
      Table table = new Table("IMAGE", "CREATED", "CREATED BY", "SIZE", "COMMENT");
      for (JsonObject step : steps) {
        table.row(id(step), age(step), command(step), size(step), step.string("Comment"));
      }
      return table;
    }

    @Override
    public List<Map<String, Object>> rows() {
      return steps.stream().map(this::fields).toList();
    }

    @Override
    public Map<String, String> titles() {
      return Map.of("ID", "IMAGE", "CreatedSince", "CREATED");
    }

    private Map<String, Object> fields(JsonObject step) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("Comment", step.string("Comment"));
      fields.put("CreatedAt", Instant.ofEpochSecond(step.number("Created")).toString());
      fields.put("CreatedBy", command(step));
      fields.put("CreatedSince", age(step));
      fields.put("ID", id(step));
      fields.put("Size", size(step));
      return fields;
    }

    private String id(JsonObject step) {
      String id = step.string("Id");
      int colon = id.indexOf(':');
      return whole || colon < 0
          ? id
          : id.substring(colon + 1, Math.min(id.length(), colon + 1 + SHORT_ID));
    }

    private String age(JsonObject step) {
      return Age.of(Duration.between(Instant.ofEpochSecond(step.number("Created")), now)) + " ago";
    }

    private String command(JsonObject step) {
      String command = step.string("CreatedBy").replace('\t', ' ').replace('\n', ' ');
      return whole || command.length() <= SHORT_COMMAND
          ? command
          : command.substring(0, SHORT_COMMAND - 1) + "…";
    }

    private static String size(JsonObject step) {
      return Bytes.of(step.number("Size"));
    }
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Ids only.", "-q", "--quiet")
        .flag("Whole ids and commands.", "--no-trunc")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .operands("IMAGE", "1", "Name or id.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format =
        RowFormat.parse(
            "jcompose image history", arguments.text("--format"), RowFormat.JsonShape.LINES);
    List<JsonObject> history;
    try (EngineClient client = session.client()) {
      history = client.images().history(arguments.operands().getFirst());
    }
    Steps steps = new Steps(history, arguments.flag("--no-trunc"), Instant.now());
    if (arguments.flag("--quiet")) {
      history.forEach(step -> session.out().println(steps.id(step)));
    } else {
      session.out().print(format.print(steps));
    }
    return ExitCode.OK.code();
  }
}
