package dev.jcompose.cli.follow;

import dev.jcompose.core.port.stream.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A line of a log that was asked for with timestamps. */
final class TimedLine {
  private static final int SHORTEST_STAMP = 20;
  private static final int LONGEST_STAMP = 40;

  private final Source source;
  private final String stamp;
  private final byte[] text;

  private TimedLine(Source source, String stamp, byte[] text) {
    this.source = source;
    this.stamp = stamp;
    this.text = text;
  }

  /** Takes a line without its end apart. One that begins with no time is all text. */
  static TimedLine parse(Source source, byte[] line) {
    for (int i = SHORTEST_STAMP; i < Math.min(line.length, LONGEST_STAMP); i++) {
      if (line[i] == ' ' && line[4] == '-' && line[10] == 'T') {
        String stamp = new String(line, 0, i, StandardCharsets.US_ASCII);
        return new TimedLine(source, stamp, Arrays.copyOfRange(line, i + 1, line.length));
      }
    }
    return new TimedLine(source, "", line);
  }

  Source source() {
    return source;
  }

  /** The engine's text for the time, nine digits after the second; empty when there is none. */
  String stamp() {
    return stamp;
  }

  @Nullable Instant time() {
    try {
      return stamp.isEmpty() ? null : Instant.parse(stamp);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** The bytes to show, with or without the time. */
  byte[] print(boolean timestamps) {
    if (!timestamps || stamp.isEmpty()) {
      return text;
    }
    byte[] head = (stamp + " ").getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + text.length);
    System.arraycopy(text, 0, all, head.length, text.length);
    return all;
  }
}
