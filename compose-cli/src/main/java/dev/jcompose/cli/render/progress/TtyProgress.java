package dev.jcompose.cli.render.progress;

import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.reconcile.ProgressEvent;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;

/** Redraws its lines in place while something happens. */
final class TtyProgress implements ProgressDisplay {
  private final TtyFrame frame;
  private final Supplier<WindowSize> window;
  private final Repainter painter;

  TtyProgress(String operation, boolean colours, PrintStream err, Supplier<WindowSize> window) {
    this.frame = new TtyFrame(operation, colours);
    this.window = window;
    this.painter = new Repainter(err, this::lines);
  }

  @Override
  public void show(ProgressEvent event) {
    painter.change(() -> frame.take(event, System.nanoTime()));
  }

  private List<String> lines() {
    if (frame.isEmpty()) {
      return List.of();
    }
    WindowSize size = window.get();
    return frame.draw(System.nanoTime(), size.columns(), size.rows());
  }

  @Override
  public void close() {
    painter.close();
  }
}
