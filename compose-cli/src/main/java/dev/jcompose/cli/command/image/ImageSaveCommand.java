package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.transport.Answer;
import org.jspecify.annotations.Nullable;

/** {@code image save}. */
final class ImageSaveCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FILE", "Where the archive goes; standard output without it.", "-o", "--output")
        .text(
            "HOW",
            "gzip, zstd or none; without it the ending of FILE decides: .gz and .tgz, .zst.",
            "--compress")
        .operands("IMAGE", "1..*", "Names or ids; a name without a tag stands for all its tags.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String file = arguments.text("--output");
    String compression = compression(arguments.text("--compress"), file == null ? "" : file);
    ArchiveFile output = ArchiveFile.of(session, file, "jcompose image save");
    try (EngineClient client = session.client();
        Answer archive = client.images().save(arguments.operands(), compression)) {
      // Other engines know nothing of this and answer with the plain archive.
      if (compression != null
          && !("application/" + compression).equals(archive.header("Content-Type"))) {
        throw UserError.usage(
            "jcompose image save cannot have the archive compressed: the engine is not jcompose's"
                + " own; write it to standard output and compress it there");
      }
      output.write(archive.body());
    }
    return ExitCode.OK.code();
  }

  private static @Nullable String compression(@Nullable String asked, String file) {
    if (asked == null) {
      if (file.endsWith(".gz") || file.endsWith(".tgz")) {
        return "gzip";
      }
      return file.endsWith(".zst") ? "zstd" : null;
    }
    return switch (asked) {
      case "none" -> null;
      case "gzip", "zstd" -> asked;
      default ->
          throw UserError.usage(
              "jcompose image save --compress \""
                  + asked
                  + "\" is not available; write gzip, zstd or none");
    };
  }
}
