package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.JsonLines;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code image load} and {@code image import}. */
final class ImageLoadCommand implements Command {
  /** Which of the two. */
  enum Kind {
    /** An archive of images. */
    LOAD,
    /** An archive of files. */
    IMPORT
  }

  private final Kind kind;

  ImageLoadCommand(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void describe(Syntax syntax) {
    syntax.text("OS/ARCH", "Instead of this machine's platform.", "--platform");
    switch (kind) {
      case LOAD ->
          syntax
              .text("FILE", "The archive; standard input without it.", "-i", "--input")
              .flag("Print only ids.", "-q", "--quiet");
      case IMPORT ->
          syntax
              .list(
                  "INSTRUCTION",
                  "A Dockerfile instruction such as 'CMD [\"sh\"]'; may be repeated.",
                  "-c",
                  "--change")
              .text("TEXT", "A comment for the image's history.", "-m", "--message")
              .operands(
                  "FILE NAME",
                  "1..2",
                  "A tar archive of files, plain, gzip or zstd, or - for standard input; then the"
                      + " image's name.");
    }
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    switch (kind) {
      case LOAD -> load(arguments, session);
      case IMPORT -> importFiles(arguments, session);
    }
    return ExitCode.OK.code();
  }

  private static void load(Arguments arguments, Session session) throws Exception {
    String prefix = arguments.flag("--quiet") ? "Loaded image( ID)?: " : "";
    String source = arguments.text("--input", "-");
    try (InputStream archive = input(source, "jcompose image load", "-i FILE", session);
        EngineClient client = session.client();
        JsonLines lines = client.images().load(archive, arguments.text("--platform"))) {
      for (JsonObject line = lines.next(); line != null; line = lines.next()) {
        requireWell(line, source);
        session.out().print(line.string("stream").replaceFirst(prefix, ""));
      }
    } catch (ApiException e) {
      throw refused(source, String.valueOf(e.getMessage()));
    }
  }

  private static void importFiles(Arguments arguments, Session session) throws Exception {
    String source = arguments.operands().getFirst();
    if (source.startsWith("http://") || source.startsWith("https://")) {
      throw UserError.usage(
          "jcompose image import does not download; write curl -L "
              + source
              + " | jcompose image import - NAME");
    }
    String name = arguments.operands().size() > 1 ? arguments.operands().get(1) : null;
    try (InputStream archive = input(source, "jcompose image import", "FILE", session);
        EngineClient client = session.client();
        JsonLines lines =
            client
                .images()
                .importFiles(
                    archive,
                    name,
                    arguments.text("--message"),
                    arguments.list("--change"),
                    arguments.text("--platform"))) {
      for (JsonObject line = lines.next(); line != null; line = lines.next()) {
        requireWell(line, source);
        session.out().println(line.string("status"));
      }
    } catch (ApiException e) {
      throw refused(source, String.valueOf(e.getMessage()));
    }
  }

  private static InputStream input(String source, String verb, String how, Session session)
      throws Exception {
    if (source.equals("-")) {
      if (Terminal.isInput()) {
        throw UserError.usage(verb + " reads no archive from a terminal; write " + how);
      }
      return session.in();
    }
    Path file = session.directory().resolve(source);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new UserError(ExitCode.FILE, file + " is no file that can be read; check its name");
    }
    return Files.newInputStream(file);
  }

  private static void requireWell(JsonObject line, String source) {
    if (!line.string("error").isEmpty()) {
      throw refused(source, line.string("error"));
    }
  }

  private static UserError refused(String source, String why) {
    String name = source.equals("-") ? "standard input" : source;
    return new UserError(ExitCode.FAILURE, name + ": " + why);
  }
}
