package dev.jcompose.cli.command.build;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Bytes;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code build prune}: removes what builds keep for the next ones. */
final class BuildPruneCommand implements Command {
  private static final String NAME = "jcompose build prune";

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Also steps whose layers images have; this frees nothing.", "-a", "--all")
        .flag("Ask nothing.", "-f", "--force")
        .list(
            "KEY=VALUE",
            "Only what has this id=, type=regular or type=exec.cachemount, or nobody has used since"
                + " until=24h; may be repeated.",
            "--filter")
        .text("SIZE", "Keep this much, such as 2g: what was used last.", "--keep-storage")
        .note(
            "Steps and cache mounts go, the longest unused first; what a build uses now stays.",
            "jcompose image df --verbose lists them. Without a terminal nothing is asked.",
            "A service with the name prune is built by: jcompose build -- prune");
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String keep = arguments.text("--keep-storage");
    long bytes = keep == null ? 0 : ByteSize.parse(NAME + " --keep-storage", keep);
    Map<String, List<String>> filters = filters(arguments.list("--filter"));
    if (!arguments.flag("--force") && Terminal.isInput() && !agrees(session)) {
      throw new UserError(ExitCode.FAILURE, "nothing was removed");
    }
    JsonObject pruned;
    try (EngineClient client = session.client()) {
      pruned = client.builds().prune(arguments.flag("--all"), filters, bytes);
    }
    List<String> gone = pruned.strings("CachesDeleted");
    gone.forEach(id -> session.out().println("Removed: " + id));
    session.out().println("Total reclaimed space: " + Bytes.of(pruned.number("SpaceReclaimed")));
    return ExitCode.OK.code();
  }

  private static Map<String, List<String>> filters(List<String> texts) {
    Map<String, List<String>> filters = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw UserError.usage(
            NAME + " --filter \"" + text + "\" is malformed; write key=value, as in until=24h");
      }
      filters
          .computeIfAbsent(text.substring(0, equals), key -> new ArrayList<>())
          .add(text.substring(equals + 1));
    }
    return filters;
  }

  private static boolean agrees(Session session) throws IOException {
    session.err().print("Remove the steps and cache mounts that builds keep? [y/N] ");
    session.err().flush();
    String answer =
        new BufferedReader(new InputStreamReader(session.in(), StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }
}
