package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Age;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.render.table.Table;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageSummary;
import dev.jcompose.engine.api.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code image ls}. */
final class ImageListCommand implements Command {
  private static final int SHORT_ID = 12;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Ids only.", "-q", "--quiet")
        .text("FORMAT", "table, or json for an array.", "--format");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String format = arguments.text("--format", "table");
    if (!format.equals("table") && !format.equals("json")) {
      throw UserError.usage(
          "jcompose image ls --format \"" + format + "\" is not available; write table or json");
    }
    List<ImageSummary> images;
    try (EngineClient client = session.client()) {
      images = client.images().list(Map.of());
    }
    if (format.equals("json")) {
      session.out().println(Json.print(images));
    } else if (arguments.flag("--quiet")) {
      images.forEach(image -> session.out().println(shortId(image)));
    } else {
      session.out().print(table(images, Instant.now()));
    }
    return ExitCode.OK.code();
  }

  private static Table table(List<ImageSummary> images, Instant now) {
    Table table = new Table("IMAGE", "ID", "CREATED", "SIZE");
    for (ImageSummary image : images) {
      List<String> names = image.repoTags().isEmpty() ? List.of("<none>") : image.repoTags();
      for (String name : names) {
        table.row(
            name,
            shortId(image),
            Age.of(Duration.between(Instant.ofEpochSecond(image.created()), now)) + " ago",
            Bytes.of(image.size()));
      }
    }
    return table;
  }

  private static String shortId(ImageSummary image) {
    String hex = image.id().substring(image.id().indexOf(':') + 1);
    return hex.substring(0, Math.min(SHORT_ID, hex.length()));
  }
}
