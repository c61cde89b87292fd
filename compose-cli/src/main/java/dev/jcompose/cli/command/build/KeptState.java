package dev.jcompose.cli.command.build;

import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildNews;
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

  /** The image; null when there is none. */
  synchronized BuildNews.@Nullable Kept state() {
    return kept;
  }
}
