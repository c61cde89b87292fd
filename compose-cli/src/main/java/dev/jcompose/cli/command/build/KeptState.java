package dev.jcompose.cli.command.build;

import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Remembers the image of the state before the command that failed. */
final class KeptState implements BuildListener {
  private BuildNews.@Nullable Kept kept;

  @Override
  public synchronized void news(String service, BuildNews news) {
    if (news instanceof BuildNews.Kept state) {
      kept = state;
    }
  }

  /** Names it, when there is one. */
  synchronized void tell(PrintStream err) {
    BuildNews.Kept state = kept;
    if (state != null) {
      err.println("The state before the failed command is image " + state.image());
    }
  }
}
