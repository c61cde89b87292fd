package dev.jcompose.cli.render.build;

import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.port.build.BuildListener;
import java.io.IOException;

/** Shows what builds do on standard error. */
public interface BuildDisplay extends BuildListener, AutoCloseable {
  /** Opens a display of a style. */
  static BuildDisplay open(ProgressStyle style, Session session) {
    return switch (style) {
      case TTY -> new TtyBuild(session.status(), session.coloursStatus(), size());
      case PLAIN -> new PlainBuild(session.status());
      case JSON -> new JsonBuild(session.status());
      case QUIET -> new QuietBuild(session.status());
    };
  }

  private static WindowSize size() {
    try {
      return WindowSize.ask().orElse(WindowSize.UNKNOWN);
    } catch (IOException | InterruptedException e) {
      return WindowSize.UNKNOWN;
    }
  }

  /** Shows the rest. */
  @Override
  void close();
}
