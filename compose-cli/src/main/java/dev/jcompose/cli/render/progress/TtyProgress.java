package dev.jcompose.cli.render.progress;

import dev.jcompose.cli.terminal.WindowSize;
import dev.jcompose.core.reconcile.ProgressEvent;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Redraws its lines in place, ten times a second while something happens. */
final class TtyProgress implements ProgressDisplay {
  private static final long TICK_MILLIS = 100;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final TtyFrame frame;
  private final PrintStream err;
  private final Supplier<WindowSize> window;
  private final Thread painter;
  private int shown;
  private boolean closed;

  TtyProgress(String operation, boolean colours, PrintStream err, Supplier<WindowSize> window) {
    this.frame = new TtyFrame(operation, colours);
    this.err = err;
    this.window = window;
    this.painter = Thread.ofVirtual().unstarted(this::paintUntilClosed);
    painter.start();
  }

  @Override
  public synchronized void show(ProgressEvent event) {
    frame.take(event, System.nanoTime());
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
    if (frame.isEmpty()) {
      return;
    }
    WindowSize size = window.get();
    List<String> lines = frame.draw(System.nanoTime(), size.columns(), size.rows());
    StringBuilder text = new StringBuilder(HIDE_CURSOR);
    if (shown > 0) {
      text.append("\u001b[").append(shown).append('A');
    }
    for (String line : lines) {
      text.append('\r').append(line).append(CLEAR_LINE).append('\n');
    }
    text.append(CLEAR_BELOW).append(SHOW_CURSOR);
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
