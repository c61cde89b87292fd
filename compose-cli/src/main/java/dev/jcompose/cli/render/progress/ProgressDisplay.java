package dev.jcompose.cli.render.progress;

import dev.jcompose.core.reconcile.ProgressEvent;

/** Shows what an operation does. Safe for use by many threads. */
public sealed interface ProgressDisplay extends AutoCloseable
    permits TtyProgress, PlainProgress, JsonProgress, QuietProgress {
  /** Takes one event. */
  void show(ProgressEvent event);

  /** Leaves the last state on the screen; nothing is shown after it. */
  @Override
  void close();
}
