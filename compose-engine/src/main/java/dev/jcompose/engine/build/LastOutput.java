package dev.jcompose.engine.build;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps the end of what a command wrote, to be shown when it fails. */
public final class LastOutput {
  private static final int MOST_BYTES = 16 * 1024;
  private static final int MOST_LINES = 20;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Takes more of it. */
  public synchronized void add(ByteBuffer more) {
    byte[] part = new byte[more.remaining()];
    more.get(part);
    bytes.writeBytes(part);
    if (bytes.size() > 2 * MOST_BYTES) {
      byte[] all = bytes.toByteArray();
      bytes.reset();
      bytes.write(all, all.length - MOST_BYTES, MOST_BYTES);
    }
  }

  /** The last lines. */
  public synchronized String text() {
    List<String> lines = bytes.toString(StandardCharsets.UTF_8).stripTrailing().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
  }

  /** A message with the last output below it; the message alone when there is none. */
  public static String below(String message, String output) {
    return output.isEmpty()
        ? message
        : message + "\nIts last output:\n" + output.indent(2).stripTrailing();
  }
}
