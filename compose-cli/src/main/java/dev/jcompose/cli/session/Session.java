package dev.jcompose.cli.session;

import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One run of the command line. Data goes to {@code out}, everything meant for people to {@code
 * err}.
 *
 * @param directory where the user stands, absolute
 */
public record Session(
    RootOptions options,
    Map<String, String> environment,
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err,
    Connector connector) {
  public Session {
    environment = Map.copyOf(environment);
  }

  /** The same with other variables. */
  public Session with(Map<String, String> other) {
    return new Session(options, other, directory, in, out, err, connector);
  }

  /** The same with everything it says going elsewhere. */
  public Session saying(PrintStream stream) {
    return new Session(options, environment, directory, in, stream, stream, connector);
  }

  /** The engine this session works with; the caller closes it. */
  public Engine engine() throws IOException, InterruptedException {
    return connector.engine(this);
  }

  /** The same engine, for calls core does not need; the caller closes it. */
  public EngineClient client() throws IOException, InterruptedException {
    return connector.client(this);
  }

  /** When escape sequences are used: "always", "never" or "auto". */
  public String ansi() {
    String option = options.ansi();
    String variable = Setting.ANSI.in(environment);
    String asked = option != null ? option : variable != null ? variable : "auto";
    if (!List.of("auto", "always", "never").contains(asked)) {
      throw UserError.usage(
          (option != null ? "--ansi" : Setting.ANSI.variable())
              + " \""
              + asked
              + "\" is not known; write auto, always or never");
    }
    return Setting.NO_COLOR.in(environment) != null ? "never" : asked;
  }

  /** Where progress is shown. */
  public PrintStream status() {
    return showsStatusOnOut() ? out : err;
  }

  /** Whether progress can be redrawn where it is shown, and may be coloured. */
  public boolean hasStatusTerminal() {
    return !ansi().equals("never")
        && !isDumbTerminal()
        && (showsStatusOnOut() ? Terminal.isOutput() : Terminal.isError());
  }

  /** Whether to colour progress. */
  public boolean coloursStatus() {
    return colours(!showsStatusOnOut());
  }

  private boolean showsStatusOnOut() {
    return Setting.STATUS_STDOUT.isOn(environment);
  }

  /** Whether to colour what goes to standard output, or to standard error. */
  public boolean colours(boolean onErr) {
    return switch (ansi()) {
      case "always" -> true;
      case "never" -> false;
      default -> !isDumbTerminal() && (onErr ? Terminal.isError() : Terminal.isOutput());
    };
  }

  /** Whether the terminal says that it understands no escape sequences. */
  public boolean isDumbTerminal() {
    return "dumb".equals(environment.get("TERM"));
  }
}
