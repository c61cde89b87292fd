package dev.jcompose.cli.command.oci;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.engine.oci.OciException;
import dev.jcompose.engine.oci.OciRuntime;
import dev.jcompose.engine.oci.bundle.BundleException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The options all actions share, and then one action. */
public final class OciCommand implements Command {
  private static final String ROOT = OciRuntime.DEFAULT_ROOT.toString();

  @Override
  public void describe(Syntax syntax) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    for (OciAction action : OciAction.values()) {
      lines.add("  %-12s%s".formatted(action.word(), action.sentence()));
    }
    lines.add("");
    lines.add("A runtime for others, with the arguments of runc. It needs no engine. With Docker:");
    lines.add("  {\"runtimes\": {\"jcompose\": {\"path\": \"PATH/bin/jcompose\",");
    lines.add("                              \"runtimeArgs\": [\"oci\"]}}}  in its daemon.json");
    syntax
        .text("DIR", "Where the state of the containers is; by default " + ROOT + ".", "--root")
        .text("FILE", "Write errors and warnings to this file as well.", "--log")
        .text("FORMAT", "How the log is written: text or json.", "--log-format")
        .flag("Accepted for other runtimes' sake; nothing more is logged.", "--debug")
        .flag("Not done: control groups are made directly.", "--systemd-cgroup")
        .refuse("is not done yet; run it as root without the option", true, "--rootless")
        .operands("ACTION", "1..*", "One of the actions below, with its arguments.")
        .stopAtOperand()
        .note(lines.toArray(String[]::new));
  }

  @Override
  public boolean refusesDryRun() {
    return true;
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    OciLog log =
        new OciLog(
            path(session, arguments.text("--log")),
            arguments.text("--log-format", "text"),
            session);
    if (arguments.flag("--systemd-cgroup")) {
      throw UserError.usage(
          "jcompose oci --systemd-cgroup is not done; leave it out, groups are made directly");
    }
    List<String> words = arguments.operands();
    OciAction action =
        Arrays.stream(OciAction.values())
            .filter(candidate -> candidate.word().equals(words.getFirst()))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "jcompose oci has no \""
                            + words.getFirst()
                            + "\"; write "
                            + Arrays.stream(OciAction.values())
                                .map(OciAction::word)
                                .collect(Collectors.joining(", "))));
    Path root = session.directory().resolve(arguments.text("--root", ROOT));
    try {
      return Invocation.run(
          "jcompose oci " + action.word(),
          action.sentence() + ".",
          new Bound(action, root, log),
          words.subList(1, words.size()),
          session);
    } catch (UserError e) {
      log.error(e.sentence());
      throw e;
    } catch (OciException | BundleException | RuntimeException e) {
      log.error(String.valueOf(e.getMessage()));
      throw new UserError(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Optional<Path> path(Session session, @Nullable String text) {
    return Optional.ofNullable(text).map(session.directory()::resolve);
  }

  /** An action with the runtime it works on. */
  private record Bound(OciAction action, Path root, OciLog log) implements Command {
    @Override
    public void describe(Syntax syntax) {
      action.describe(syntax);
    }

    @Override
    public int run(Arguments arguments, Session session) throws Exception {
      try (OciRuntime runtime = new OciRuntime(root, log::warning)) {
        return action.run(runtime, arguments, session);
      }
    }
  }
}
