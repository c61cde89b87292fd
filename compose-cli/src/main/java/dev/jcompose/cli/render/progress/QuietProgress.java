package dev.jcompose.cli.render.progress;

import dev.jcompose.core.reconcile.ProgressEvent;

/** Shows nothing; what fails is told by the command itself. */
final class QuietProgress implements ProgressDisplay {
  @Override
  public void show(ProgressEvent event) {}

  @Override
  public void close() {}
}
