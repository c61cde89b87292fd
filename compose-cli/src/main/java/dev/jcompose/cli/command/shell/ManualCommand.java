package dev.jcompose.cli.command.shell;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.engine.Installation;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code manual}: a page of the manual, or all of them into a folder. */
public final class ManualCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .text(
            "DIR", "Write all pages into DIR, as jcompose.1, jcompose-up.1 and so on.", "--output")
        .operands("COMMAND", "0..*", "What the page is about; nothing for jcompose itself.")
        .note("Read one with: jcompose manual up | man -l -");
  }

  @Override
  public int run(Arguments arguments, Session session) throws IOException {
    List<ManualPage> pages = ManualPage.all(Installation.current().version());
    String output = arguments.text("--output");
    if (output != null) {
      Path folder = Files.createDirectories(session.directory().resolve(output));
      for (ManualPage page : pages) {
        Files.writeString(folder.resolve(page.name() + ".1"), page.text());
      }
      return ExitCode.OK.code();
    }
    String wanted = String.join("-", arguments.operands());
    String name = wanted.isEmpty() ? "jcompose" : "jcompose-" + wanted;
    ManualPage page =
        pages.stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "the manual has no page \""
                            + String.join(" ", arguments.operands())
                            + "\"; jcompose --help lists the commands"));
    session.out().print(page.text());
    return ExitCode.OK.code();
  }
}
