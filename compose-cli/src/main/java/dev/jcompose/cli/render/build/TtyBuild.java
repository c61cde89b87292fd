package dev.jcompose.cli.render.build;

import dev.jcompose.cli.render.progress.Repainter;
import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.port.build.BuildNews;
import java.io.PrintStream;

/** Redraws its lines in place. */
final class TtyBuild implements BuildDisplay {
  private final BuildFrame frame;
  private final Repainter painter;

  TtyBuild(PrintStream err, boolean colours, WindowSize window) {
    this.frame = new BuildFrame(colours);
    this.painter =
        new Repainter(
            err, () -> frame.draw(System.currentTimeMillis(), window.columns(), window.rows()));
  }

  @Override
  public void news(String service, BuildNews news) {
    painter.change(() -> frame.take(service, news, System.currentTimeMillis()));
  }

  @Override
  public void close() {
    painter.close();
  }
}
