package dev.jcompose.cli.render.build;

import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.port.build.BuildNews;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Redraws its lines in place, ten times a second. */
final class TtyBuild implements BuildDisplay {
  private static final long TICK_MILLIS = 100;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final PrintStream err;
  private final WindowSize window;
  private final BuildFrame frame;
  private final Thread painter;
  private int shown;
  private boolean closed;

  TtyBuild(PrintStream err, boolean colours, WindowSize window) {
    this.err = err;
    this.window = window;
    this.frame = new BuildFrame(colours);
    this.painter = Thread.ofVirtual().unstarted(this::paintUntilClosed);
    painter.start();
  }

  @Override
  public synchronized void news(String service, BuildNews news) {
    frame.take(service, news, System.currentTimeMillis());
  }

  private void paintUntilClosed() {
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        synchronized (this) {
          if (closed) {
            return;
          }
          paint();
        }
      }
    } catch (InterruptedException e) {
      // close() paints the last frame itself.
    }
  }

  private void paint() {
    List<String> lines = frame.draw(System.currentTimeMillis(), window.columns(), window.rows());
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(HIDE_CURSOR);
    if (shown > 0) {
      text.append("\u001b[").append(shown).append('A');
    }
    for (String line : lines) {
      text.append('\r').append(line).append("\u001b[K\n");
    }
    text.append("\u001b[J").append(SHOW_CURSOR);
    // One write: a frame that comes in pieces flickers.
    err.print(text);
    err.flush();
    shown = lines.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      paint();
    }
    painter.interrupt();
  }
}
