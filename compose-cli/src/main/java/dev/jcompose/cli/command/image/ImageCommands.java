package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.CommandGroup.Member;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.template.Template;
import dev.jcompose.cli.render.template.TemplateException;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The verbs of {@code image}. */
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
            new Member("history", "Print how an image was made", ImageHistoryCommand::new),
            new Member("tag", "Give an image one more name", Tag::new),
            new Member("untag", "Take names off images, which stay", Untag::new),
            new Member("rm", "Remove images", Remove::new),
            new Member(
                "pull", "Fetch images from their registries", () -> new TransferCommand(true)),
            new Member("push", "Send images to their registries", () -> new TransferCommand(false)),
            new Member("prune", "Remove images nobody needs", ImagePruneCommand::new),
            new Member("df", "Print what takes how much of the disk", DiskUsageCommand::new),
            new Member("save", "Write images as one archive", ImageSaveCommand::new),
            new Member(
                "load",
                "Take images up from an archive",
                () -> new ImageLoadCommand(ImageLoadCommand.Kind.LOAD)),
            new Member(
                "import",
                "Make an image of an archive of files",
                () -> new ImageLoadCommand(ImageLoadCommand.Kind.IMPORT))),
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
    public boolean refusesDryRun() {
      return true;
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
      syntax
          .text("FORMAT", "json, or a Go template for each image.", "-f", "--format")
          .operands("IMAGE", "1..*", "Names or ids.");
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      String format = arguments.text("--format", "json");
      List<ImageInspect> images = new ArrayList<>();
      try (EngineClient client = session.client()) {
        for (String image : arguments.operands()) {
          images.add(client.images().inspect(image));
        }
      }
      if (format.equals("json")) {
        session.out().println(Json.print(images));
        return ExitCode.OK.code();
      }
      try {
        Template template = Template.parse(format);
        for (ImageInspect image : images) {
          session.out().println(template.render(image.toJson().members()));
        }
      } catch (TemplateException e) {
        throw UserError.usage(
            "jcompose image inspect --format \"" + format + "\" cannot be used: " + e.text());
      }
      return ExitCode.OK.code();
    }
  }

  private static final class Remove implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax
          .flag("Also when it has several names or a stopped container uses it.", "-f", "--force")
          .flag("Leave the layers that no other image has.", "--no-prune")
          .operands("IMAGE", "1..*", "Names or ids.");
    }

    @Override
    public boolean refusesDryRun() {
      return true;
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      try (EngineClient client = session.client()) {
        for (String image : arguments.operands()) {
          client
              .images()
              .remove(image, arguments.flag("--force"), arguments.flag("--no-prune"))
              .forEach(removal -> session.out().println(sentence(removal)));
        }
      }
      return ExitCode.OK.code();
    }
  }

  /** What a removal did, in docker's words. */
  static String sentence(ImageRemoval removal) {
    String untagged = removal.untagged();
    return untagged != null ? "Untagged: " + untagged : "Deleted: " + removal.deleted();
  }

  private static final class Tag implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax.operands("IMAGE NAME", "2", "The image, then its new name[:tag].");
    }

    @Override
    public boolean refusesDryRun() {
      return true;
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      String name = arguments.operands().get(1);
      // The engine takes repository and tag apart; a colon before a slash belongs to a port.
      int colon = name.lastIndexOf(':');
      boolean tagged = colon > name.lastIndexOf('/');
      try (EngineClient client = session.client()) {
        client
            .images()
            .tag(
                arguments.operands().getFirst(),
                tagged ? name.substring(0, colon) : name,
                tagged ? name.substring(colon + 1) : "");
      }
      return ExitCode.OK.code();
    }
  }

  private static final class Untag implements Command {
    @Override
    public void describe(Syntax syntax) {
      syntax.operands("NAME", "1..*", "Names with their tags; latest when there is none.");
    }

    @Override
    public boolean refusesDryRun() {
      return true;
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      try (EngineClient client = session.client()) {
        for (String name : arguments.operands()) {
          client.images().untag(name);
          session.out().println("Untagged: " + name);
        }
      }
      return ExitCode.OK.code();
    }
  }
}
