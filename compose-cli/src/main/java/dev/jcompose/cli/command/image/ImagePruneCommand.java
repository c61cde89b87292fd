package dev.jcompose.cli.command.image;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageRemoval;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code image prune}. */
final class ImagePruneCommand implements Command {
  private static final String VERB = "jcompose image prune";

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Also images with names, as long as no container uses them.", "-a", "--all")
        .flag("Ask nothing.", "-f", "--force")
        .list("KEY=VALUE", "Only images with until=, label= or label!=.", "--filter")
        .note(
            "Layers and blobs that no image has, and nobody has used for an hour, go too.",
            "Without a terminal nothing is asked.");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    Map<String, List<String>> filters =
        new LinkedHashMap<>(Filters.parse(VERB, arguments.list("--filter")));
    boolean all = arguments.flag("--all");
    if (all) {
      filters.put("dangling", List.of("false"));
    }
    if (!arguments.flag("--force") && Terminal.isInput() && !agrees(all, session)) {
      throw new UserError(ExitCode.FAILURE, "nothing was removed");
    }
    JsonObject pruned;
    try (EngineClient client = session.client()) {
      pruned = client.images().prune(filters);
    }
    List<ImageRemoval> removals = pruned.records("ImagesDeleted", ImageRemoval::of);
    removals.forEach(removal -> session.out().println(ImageCommands.sentence(removal)));
    session.out().println("Total reclaimed space: " + Bytes.of(pruned.number("SpaceReclaimed")));
    return ExitCode.OK.code();
  }

  private static boolean agrees(boolean all, Session session) throws IOException {
    session
        .err()
        .print(
            "Remove all images "
                + (all ? "that no container uses" : "without a name")
                + "? [y/N] ");
    session.err().flush();
    String answer =
        new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
