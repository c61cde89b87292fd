package dev.jcompose.cli.render.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Cuts a stream of pieces into lines. A line that never ends is given out at the end. */
public final class LineSplitter {
  private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream(256);
  private final Consumer<byte[]> lines;

  /** {@code lines} receives each line without its line feed. */
  public LineSplitter(Consumer<byte[]> lines) {
    this.lines = lines;
  }

  /** Takes a piece and consumes it. */
  public void accept(ByteBuffer piece) {
    while (piece.hasRemaining()) {
      byte next = piece.get();
      if (next == '\n') {
        emit();
      } else {
        unfinished.write(next);
      }
    }
  }

  /** Gives out what is left without a line feed, if anything. */
  public void finish() {
    if (unfinished.size() > 0) {
      emit();
    }
  }

  private void emit() {
    byte[] line = unfinished.toByteArray();
    unfinished.reset();
    // A terminal ends its lines with CR LF.
    if (line.length > 0 && line[line.length - 1] == '\r') {
      line = java.util.Arrays.copyOf(line, line.length - 1);
    }
    lines.accept(line);
  }
}
