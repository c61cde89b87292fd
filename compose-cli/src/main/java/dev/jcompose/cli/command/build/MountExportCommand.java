package dev.jcompose.cli.command.build;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.image.ArchiveFile;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.transport.Answer;

/** {@code build export}: the files of a cache mount as a tar archive. */
final class MountExportCommand implements Command {
  private static final String NAME = "jcompose build export";

  @Override
  public void describe(Syntax syntax) {
    syntax
        .text("FILE", "Where the archive goes; standard output without it.", "-o", "--output")
        .operands(
            "MOUNT", "1", "Its id as the Dockerfile has it, or the beginning of its cache id.")
        .note(
            "jcompose image df --verbose lists them.",
            "A service with the name export is built by: jcompose build -- export");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    ArchiveFile output = ArchiveFile.of(session, arguments.text("--output"), NAME);
    try (EngineClient client = session.client();
        Answer archive = client.builds().mount(arguments.operands().getFirst())) {
      output.write(archive.body());
    }
    return ExitCode.OK.code();
  }
}
