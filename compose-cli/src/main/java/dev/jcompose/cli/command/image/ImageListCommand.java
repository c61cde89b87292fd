package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.RowFormat;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code image ls}. */
final class ImageListCommand implements Command {
  private static final String VERB = "jcompose image ls";

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Ids only.", "-q", "--quiet")
        .flag("Digests that registries know them by too.", "--digests")
        .flag("Whole ids.", "--no-trunc")
        .list(
            "KEY=VALUE",
            "Only images with dangling=, label=, before=, since=, until= or reference=; may be"
                + " repeated.",
            "-f",
            "--filter")
        .text("FORMAT", RowFormat.SENTENCE, "--format")
        .operands("NAME", "0..1", "Only images with this name; * and ? stand for others.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    RowFormat format = RowFormat.parse(VERB, arguments.text("--format"), RowFormat.JsonShape.ARRAY);
    List<String> filters =
        Stream.concat(
                arguments.list("--filter").stream(),
                arguments.operands().stream().map(name -> "reference=" + name))
            .toList();
    Map<String, List<String>> wanted = Filters.parse(VERB, filters);
    List<ImageSummary> images;
    try (EngineClient client = session.client()) {
      images = client.images().list(wanted);
    }
    ImageList list =
        new ImageList(
            images, arguments.flag("--digests"), arguments.flag("--no-trunc"), Instant.now());
    if (arguments.flag("--quiet")) {
      images.forEach(image -> session.out().println(list.id(image)));
    } else {
      session.out().print(format.print(list));
    }
    return ExitCode.OK.code();
  }
}
