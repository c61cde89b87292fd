package dev.jcompose.cli.render.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes lines of several sources, each line whole and behind the name of its source. The names
 * share one width, which grows with them; lines that are printed already stay as they are. Safe for
 * use by many threads.
 */
public final class LogPrinter {
  private static final String MARK = "\u29bf ";

  private final OutputStream out;
  private final OutputStream err;
  private final boolean prefixes;
  private final boolean colours;
  private final Map<String, Integer> order = new LinkedHashMap<>();
  private int width;
  private String footer = "";
  private boolean footerShown;

  /**
   * Creates a printer.
   *
   * @param prefixes whether names are shown
   * @param colours whether names are coloured
   */
  public LogPrinter(OutputStream out, OutputStream err, boolean prefixes, boolean colours) {
    this.out = out;
    this.err = err;
    this.prefixes = prefixes;
    this.colours = colours;
  }

  /** Makes room for a name and gives it the next colour. */
  public synchronized void register(String name) {
    order.putIfAbsent(name, order.size());
    width = Math.max(width, name.length());
  }

  /**
   * Writes one line.
   *
   * @param line its bytes, without the line feed
   * @param toErr whether it goes to standard error
   */
  public synchronized void print(String name, byte[] line, boolean toErr) {
    register(name);
    OutputStream target = toErr ? err : out;
    try {
      hideFooter();
      if (prefixes) {
        target.write(prefix(name).getBytes(StandardCharsets.UTF_8));
      }
      target.write(line);
      target.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a line of our own about a source, without a prefix. */
  public synchronized void note(String text) {
    try {
      hideFooter();
      out.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    flush();
  }

  /** Writes a line of the program itself, apart from what the sources say. */
  public synchronized void tell(String text) {
    String line = " ".repeat(prefixes ? width + 1 : 0) + MARK + text;
    note(colours ? Palette.OWN + line + Palette.RESET : line);
  }

  /** A stream whose lines are written like {@link #note}. */
  public PrintStream notes() {
    LineSplitter lines = new LineSplitter(line -> note(new String(line, StandardCharsets.UTF_8)));
    OutputStream stream =
        new OutputStream() {
          @Override
          public void write(int next) {
            lines.accept(ByteBuffer.wrap(new byte[] {(byte) next}));
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            lines.accept(ByteBuffer.wrap(bytes, offset, length));
          }
        };
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  /**
   * Keeps a line below everything that is written, on a terminal.
   *
   * @param text what it says; empty to take it away
   */
  public synchronized void footer(String text) {
    try {
      hideFooter();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    footer = text;
    flush();
  }

  private void hideFooter() throws IOException {
    if (footerShown) {
      footerShown = false;
      out.write("\r\u001b[K".getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
  }

  /** Shows what was written so far. */
  public synchronized void flush() {
    try {
      if (!footer.isEmpty() && !footerShown) {
        err.flush();
        out.write(footer.getBytes(StandardCharsets.UTF_8));
        footerShown = true;
      }
      out.flush();
      err.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String prefix(String name) {
    String padded = name + " ".repeat(width - name.length()) + "  | ";
    return colours ? Palette.colour(order.getOrDefault(name, 0)) + padded + Palette.RESET : padded;
  }
}
