package dev.jcompose.cli.render.progress;

import dev.jcompose.core.reconcile.ProgressEvent;
import java.io.PrintStream;

/** One line for each event, for files and pipes. */
final class PlainProgress implements ProgressDisplay {
  private final PrintStream err;

  PlainProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void show(ProgressEvent event) {
    String text =
        switch (event) {
          case ProgressEvent.Working working -> working.text();
          case ProgressEvent.Done done -> done.text();
          case ProgressEvent.Warned warned -> "Warning: " + warned.text();
          // The command ends with the sentence.
          case ProgressEvent.Failed failed -> "Error";
        };
    err.println(" " + event.id() + "  " + text);
  }

  @Override
  public void close() {
    err.flush();
  }
}
