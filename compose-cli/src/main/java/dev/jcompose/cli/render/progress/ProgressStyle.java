package dev.jcompose.cli.render.progress;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.terminal.Terminal;
import dev.jcompose.cli.terminal.WindowSize;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** How progress is shown, {@code --progress} or COMPOSE_PROGRESS. */
public enum ProgressStyle {
  TTY,
  PLAIN,
  JSON,
  QUIET;

  /** Decides for this session; {@code auto} is tty on a terminal that may be coloured. */
  public static ProgressStyle of(Session session) {
    String asked = session.options().progress();
    if (asked == null) {
      asked = Setting.PROGRESS.in(session.environment());
    }
    return switch (asked == null ? "auto" : asked) {
      case "auto" ->
          Terminal.isError() && !session.ansi().equals("never") && !session.isDumbTerminal()
              ? TTY
              : PLAIN;
      case "tty" -> TTY;
      case "plain" -> PLAIN;
      case "json" -> JSON;
      case "quiet" -> QUIET;
      default ->
          throw UserError.usage(
              "--progress \"" + asked + "\" is not known; write auto, tty, plain, json or quiet");
    };
  }

  /**
   * Opens a display on standard error.
   *
   * @param operation the word in the header, such as "up"
   */
  public ProgressDisplay open(String operation, Session session) {
    return switch (this) {
      case TTY ->
          new TtyProgress(operation, session.colours(true), session.err(), askInBackground());
      case PLAIN -> new PlainProgress(session.err());
      case JSON -> new JsonProgress(session.err());
      case QUIET -> new QuietProgress();
    };
  }

  // Asking takes longer than most operations need to show their first line.
  private static java.util.function.Supplier<WindowSize> askInBackground() {
    AtomicReference<WindowSize> size = new AtomicReference<>(WindowSize.UNKNOWN);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                WindowSize.ask().ifPresent(size::set);
              } catch (IOException | InterruptedException e) {
                // The assumed size stays.
              }
            });
    return size::get;
  }
}
