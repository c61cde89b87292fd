package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.CommandGroup.Member;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.json.Json;
import java.util.ArrayList;
import java.util.List;

/** {@code image from-host|ls|inspect|rm|pull|push}. */
public final class ImageCommands {
  private ImageCommands() {}

  /** The group. */
  public static CommandGroup group() {
    return new CommandGroup(
        "jcompose image",
        List.of(
            new Member("from-host", "Make an image of programs of this machine", FromHost::new),
            new Member("ls", "List images", ImageListCommand::new),
            new Member("inspect", "Print all about images as JSON", Inspect::new),
            new Member("rm", "Remove images", Remove::new),
            new Member(
                "pull", "Fetch images from their registries", () -> new TransferCommand(true)),
            new Member(
                "push", "Send images to their registries", () -> new TransferCommand(false))),
        List.of(
            "jcompose/base (a shell and small tools) and jcompose/java (base and a Java runtime)",
            "need not be made: they come into being when a service uses them."));
  }

  private static final class FromHost implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax.operands(
          "NAME PROGRAM",
          "2..*",
          "The image's name, then the programs: found along PATH, or absolute paths. The"
              + " libraries they need come along.");
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      List<String> words = arguments.operands();
      try (EngineClient client = session.client()) {
        session
            .out()
            .println(client.images().fromHost(words.get(0), words.subList(1, words.size())));
      }
      return ExitCode.OK.code();
    }
  }

  private static final class Inspect implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax.operands("IMAGE", "1..*", "Names or ids.");
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      List<Object> images = new ArrayList<>();
      try (EngineClient client = session.client()) {
        for (String image : arguments.operands()) {
          images.add(client.images().inspect(image));
        }
      }
      session.out().println(Json.print(images));
      return ExitCode.OK.code();
    }
  }

  private static final class Remove implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax
          .flag("Also when it has several names or a stopped container uses it.", "-f", "--force")
          .operands("IMAGE", "1..*", "Names or ids.");
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      try (EngineClient client = session.client()) {
        for (String image : arguments.operands()) {
          for (ImageRemoval removal : client.images().remove(image, arguments.flag("--force"))) {
            String untagged = removal.untagged();
            session
                .out()
                .println(
                    untagged != null ? "Untagged: " + untagged : "Deleted: " + removal.deleted());
          }
        }
      }
      return ExitCode.OK.code();
    }
  }
}
