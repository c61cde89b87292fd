package dev.jcompose.cli.render.progress;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Draws lines on a terminal again and again in place, ten times a second, until it is closed; the
 * last lines stay.
 */
public final class Repainter implements AutoCloseable {
  private static final long TICK_MILLIS = 100;
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream out;
  private final Supplier<List<String>> frame;
  private final Thread painter;
  private int shown;
  private boolean closed;

  /**
   * Begins to draw.
   *
   * @param frame gives the lines as they are now, none for nothing to draw; asked on another
   *     thread, never while a {@link #change} is made
   */
  public Repainter(PrintStream out, Supplier<List<String>> frame) {
    this.out = out;
    this.frame = frame;
    this.painter = Thread.ofVirtual().unstarted(this::paintUntilClosed);
    painter.start();
  }

  /** Changes what is drawn, from any thread. */
  public synchronized void change(Runnable change) {
    change.run();
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
    List<String> lines = frame.get();
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(HIDE_CURSOR);
    if (shown > 0) {
      text.append("\u001b[").append(shown).append('A');
    }
    for (String line : lines) {
      text.append('\r').append(line).append(CLEAR_LINE).append('\n');
    }
    text.append(CLEAR_BELOW).append(SHOW_CURSOR);
    // One write: a frame that comes in pieces flickers.
    out.print(text);
    out.flush();
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
