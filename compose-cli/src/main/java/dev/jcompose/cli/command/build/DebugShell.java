package dev.jcompose.cli.command.build;

import dev.jcompose.cli.session.Session;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Lets the user look around in the state before the command that failed. */
final class DebugShell implements BuildListener {
  private final Session session;
  private BuildNews.@Nullable Kept kept;

  DebugShell(Session session) {
    this.session = session;
  }

  @Override
  public synchronized void news(String service, BuildNews news) {
    if (news instanceof BuildNews.Kept state) {
      kept = state;
    }
  }

  /** Opens a shell when a state was kept; returns when it ends. */
  synchronized void open() throws IOException, InterruptedException {
    BuildNews.Kept state = kept;
    if (state == null) {
      return;
    }
    session.err().println("the state before the failed command: " + state.image());
  }
}
