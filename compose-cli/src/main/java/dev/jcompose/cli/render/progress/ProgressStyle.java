package dev.jcompose.cli.render.progress;

import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
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
    String option = session.options().progress();
    String variable = Setting.PROGRESS.in(session.environment());
    return option != null
        ? named("--progress", option, session)
        : named(Setting.PROGRESS.variable(), variable == null ? "auto" : variable, session);
  }

  /**
   * The style by a name.
   *
   * @param source where the name was given, for the sentence when there is no such style
   */
  public static ProgressStyle named(String source, String name, Session session) {
    return switch (name) {
      case "auto" -> session.hasStatusTerminal() ? TTY : PLAIN;
      case "tty" -> TTY;
      case "plain" -> PLAIN;
      case "json", "rawjson" -> JSON;
      case "quiet" -> QUIET;
      default ->
          throw UserError.usage(
              source + " \"" + name + "\" is not known; write auto, tty, plain, json or quiet");
    };
  }

  /**
   * Opens a display where the session shows progress.
   *
   * @param operation the word in the header, such as "up"
   */
  public ProgressDisplay open(String operation, Session session) {
    return switch (this) {
      case TTY ->
          new TtyProgress(operation, session.coloursStatus(), session.status(), askInBackground());
      case PLAIN -> new PlainProgress(session.status());
      case JSON -> new JsonProgress(session.status());
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
