package dev.jcompose.cli.command.build;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.command.project.Building;
import dev.jcompose.cli.command.project.PushCommand;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.plan.BuildPlanner;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
import dev.jcompose.core.port.build.BuildOptions;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.reconcile.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code build}. */
public final class BuildCommand implements Command {
  /** A service with such a name is built by {@code build -- prune}. */
  @Override
  public List<CommandGroup.Member> members() {
    return List.of(
        new CommandGroup.Member(
            "prune", "Remove what builds keep for the next ones", BuildPruneCommand::new),
        new CommandGroup.Member(
            "export",
            "Write the files of a cache mount as a tar archive",
            MountExportCommand::new));
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .list("NAME=VALUE", "Set a build argument; may be repeated.", "--build-arg")
        .flag("Look at the Dockerfiles and build nothing.", "--check")
        .flag("When a command fails, open a shell in the state before it.", "--debug")
        .text("BYTES", "Most memory of a RUN command, such as 512m.", "-m", "--memory")
        .flag("Run every step although its result is known.", "--no-cache")
        .list("STAGE", "Run every step of this stage; may be repeated.", "--no-cache-filter")
        .flag("Print what would be built as JSON, and build nothing.", "--print")
        .text("STYLE", "Show progress as tty, plain, json or quiet.", "--progress")
        .flag("Ask registries for newer base images.", "--pull")
        .flag("Send the images to their registries once all are built.", "--push")
        .flag("Show no progress.", "-q", "--quiet")
        .list("ID[=SOCKET]", "Lend RUN commands an ssh agent; may be repeated.", "--ssh")
        .flag("Also build the services those named depend on.", "--with-dependencies")
        .refuse("is not needed: the engine has one builder; leave it out", true, "--builder")
        .refuse("is not available: images built here carry no attestations", true, "--provenance")
        .refuse("is not available: images built here carry no attestations", true, "--sbom")
        .hidden("--compress", "--force-rm", "--no-rm", "--parallel")
        .operands("SERVICE", "0..*", "Only the images of these services.")
        .note(
            "jcompose build prune removes what builds keep for the next ones, and jcompose build",
            "export writes what a cache mount holds as an archive.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    if (arguments.flag("--check") && arguments.flag("--push")) {
      throw UserError.usage("jcompose build --check builds nothing to push; leave --push out");
    }
    // Services are built that no profile enables: what only they use must not be taken away.
    Project project = ProjectContext.load(session, List.of(), EnumSet.of(LoadRequest.Skip.PRUNING));
    List<String> services = services(arguments, project);
    Plan plan =
        BuildPlanner.plan(
            project, ProjectContext.separator(session), services, options(arguments, session));
    if (arguments.flag("--print")) {
      session.out().println(BakeFile.of(plan));
      return ExitCode.OK.code();
    }
    if (session.options().dryRun()) {
      session.out().print(plan.text());
      return ExitCode.OK.code();
    }
    if (plan.isEmpty()) {
      session.err().println("Nothing to build: no service that was named has a build section");
      return ExitCode.OK.code();
    }
    try (Engine engine = session.engine()) {
      KeptState kept = new KeptState();
      Outcome outcome =
          Building.run(
              session,
              engine,
              plan,
              style(arguments, session),
              arguments.flag("--debug") ? kept : BuildListener.SILENT);
      BuildNews.Kept state = kept.state();
      if (!outcome.ok() && state != null) {
        outcome.failures().forEach(failed -> session.err().println("jcompose: " + failed.text()));
        new DebugShell(session, engine).open(state);
        return ExitCode.FAILURE.code();
      }
      int status = Building.report(session, outcome);
      if (status != ExitCode.OK.code() || !arguments.flag("--push")) {
        return status;
      }
    }
    return push(arguments, services, session);
  }

  private static int push(Arguments arguments, List<String> services, Session session)
      throws Exception {
    List<String> words = new ArrayList<>();
    if (arguments.flag("--quiet")) {
      words.add("--quiet");
    }
    words.addAll(services);
    return Invocation.run("jcompose push", "", new PushCommand(), words, session);
  }

  private static ProgressStyle style(Arguments arguments, Session session) {
    if (arguments.flag("--quiet")) {
      return ProgressStyle.QUIET;
    }
    String asked = arguments.text("--progress");
    if (asked != null && !asked.equals("auto")) {
      return ProgressStyle.named("--progress", asked, session);
    }
    String variable = Setting.BUILD_PROGRESS.in(session.environment());
    return variable != null && session.options().progress() == null
        ? ProgressStyle.named(Setting.BUILD_PROGRESS.variable(), variable, session)
        : ProgressStyle.of(session);
  }

  private static BuildOptions options(Arguments arguments, Session session) {
    Map<String, String> args = new LinkedHashMap<>();
    for (String text : arguments.list("--build-arg")) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      if (name.isEmpty()) {
        throw UserError.usage("--build-arg \"" + text + "\" has no name; write NAME=VALUE");
      }
      String value = equals < 0 ? session.environment().get(name) : text.substring(equals + 1);
      if (value != null) {
        args.put(name, value);
      }
    }
    Map<String, String> ssh = new LinkedHashMap<>();
    for (String text : arguments.list("--ssh")) {
      int equals = text.indexOf('=');
      String socket = equals < 0 ? "" : text.substring(equals + 1);
      if (!socket.isEmpty() && !Files.exists(Path.of(socket))) {
        throw UserError.usage(
            "--ssh \""
                + text
                + "\": there is no "
                + socket
                + "; write ID=SOCKET of a running agent");
      }
      ssh.put(equals < 0 ? text : text.substring(0, equals), socket);
    }
    String memory = arguments.text("--memory");
    return new BuildOptions(
        ProjectContext.proxies(session),
        args,
        arguments.flag("--no-cache"),
        arguments.list("--no-cache-filter"),
        arguments.flag("--pull"),
        ssh,
        memory == null ? 0 : ByteSize.parse("--memory", memory),
        arguments.flag("--check"),
        arguments.flag("--debug"));
  }

  private static List<String> services(Arguments arguments, Project project)
      throws ComposeException {
    List<String> named = arguments.operands();
    Set<String> known = new TreeSet<>(project.services().keySet());
    known.addAll(project.disabledServices().keySet());
    ComposeException.requireServices(named, known);
    if (named.isEmpty()) {
      return List.copyOf(project.services().keySet());
    }
    return arguments.flag("--with-dependencies")
        ? List.copyOf(withDependencies(project, named))
        : named;
  }

  private static Set<String> withDependencies(Project project, List<String> named) {
    Set<String> all = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(new ArrayList<>(named));
    while (!open.isEmpty()) {
      String name = open.pop();
      Service service = project.services().get(name);
      if (all.add(name) && service != null) {
        service.dependsOn().keySet().stream()
            .filter(project.services()::containsKey)
            .forEach(open::add);
      }
    }
    return all;
  }
}
