package dev.jcompose.cli;

import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Invocation;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.RootCommand;
import dev.jcompose.cli.command.Verb;
import dev.jcompose.cli.engine.Installation;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.Connector;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.RootOptions;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From words to an exit status: root options, then one verb, then at most one sentence. */
final class CommandLineInterface {
  private final Map<String, String> environment;
  private final Path directory;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Connector connector;
  private boolean tellsJson;

  CommandLineInterface(
      Map<String, String> environment,
      Path directory,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Connector connector) {
    this.environment = environment;
    this.directory = directory;
    this.in = in;
    this.out = out;
    this.err = err;
    this.connector = connector;
  }

  /**
   * Runs one command line.
   *
   * @return the status to end the process with
   */
  int run(List<String> words) {
    return run(words, false);
  }

  /**
   * Runs one command line.
   *
   * @param asDocker whether the words are those of docker-compose
   */
  int run(List<String> words, boolean asDocker) {
    try {
      if (asDocker && DockerWords.isQuestion(words)) {
        out.println(DockerWords.metadata(Installation.current().version()));
        return ExitCode.OK.code();
      }
      return runOrFail(asDocker ? DockerWords.translate(words) : words);
    } catch (Exception e) {
      out.flush();
      return new Failure(err, words.contains("--verbose"), tellsJson).report(e);
    }
  }

  private int runOrFail(List<String> words) throws Exception {
    RootCommand root = RootCommand.read(words);
    if (root.wantsHelp() || (root.rest().isEmpty() && !root.wantsVersion())) {
      out.print(RootCommand.help());
      // Naming no verb is a mistake, asking for help is not.
      return (root.wantsHelp() ? ExitCode.OK : ExitCode.USAGE).code();
    }
    RootOptions options = root.options();
    Session session =
        ProjectContext.withSettings(
            new Session(options, environment, directory, in, out, err, connector));
    String progress = options.progress();
    tellsJson =
        "json".equals(progress != null ? progress : Setting.PROGRESS.in(session.environment()));
    // Refused by verbs too that show nothing in colour and no progress.
    if (options.ansi() != null) {
      session.ansi();
    }
    if (progress != null) {
      ProgressStyle.of(session);
    }
    if (root.wantsVersion()) {
      return run(Verb.VERSION, List.of(), session);
    }
    String word = root.rest().get(0);
    List<String> rest = root.rest().subList(1, root.rest().size());
    if (word.equals("help")) {
      return help(rest, session);
    }
    Verb verb = Verb.find(word).orElseThrow(() -> unknown(word));
    return run(verb, rest, session);
  }

  private int help(List<String> words, Session session) throws Exception {
    if (words.isEmpty()) {
      out.print(RootCommand.help());
      return ExitCode.OK.code();
    }
    Verb verb = Verb.find(words.get(0)).orElseThrow(() -> unknown(words.get(0)));
    return run(verb, List.of("--help"), session);
  }

  private static int run(Verb verb, List<String> words, Session session) throws Exception {
    return Invocation.run(
        "jcompose " + verb.word(), verb.sentence() + ".", build(verb), words, session);
  }

  private static Command build(Verb verb) {
    return verb.command()
        .orElseThrow(
            () ->
                new UserError(
                    ExitCode.USAGE,
                    "jcompose does not have \""
                        + verb.word()
                        + "\" yet; jcompose --help lists what it has"));
  }

  private static UserError unknown(String word) {
    return UserError.usage(
        "there is no command \""
            + word
            + "\"; "
            + Suggestion.nearest(
                    word, java.util.Arrays.stream(Verb.values()).map(Verb::word).toList())
                .map(near -> "did you mean jcompose " + near + "?")
                .orElse("jcompose --help lists them all"));
  }
}
