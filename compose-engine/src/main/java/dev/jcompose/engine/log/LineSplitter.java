package dev.jcompose.engine.log;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one stream of bytes into lines. A line longer than {@value #LONGEST} bytes comes in several
 * parts, all with the time of the first; it is never cut inside a UTF-8 character.
 */
final class LineSplitter {
  /** As much as Docker's copier holds before it writes a part of a line. */
  static final int LONGEST = 16 * 1024;

  /** Takes pieces; {@code text} is valid only during the call. */
  @FunctionalInterface
  interface Sink {
    void piece(Instant time, byte[] text, int length);
  }

  private final byte[] held = new byte[LONGEST];
  private int length;
  private @Nullable Instant lineTime;

  /** Takes all bytes and passes on what is complete. */
  void accept(ByteBuffer bytes, Instant now, Sink sink) {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      held[length++] = next;
      if (next == '\n') {
        sink.piece(lineTime == null ? now : lineTime, held, length);
        length = 0;
        lineTime = null;
      } else if (length == LONGEST) {
        passPart(now, sink);
      }
    }
  }

  private void passPart(Instant now, Sink sink) {
    Instant time = lineTime == null ? now : lineTime;
    lineTime = time;
    int cut = wholeCharacters();
    sink.piece(time, held, cut);
    System.arraycopy(held, cut, held, 0, length - cut);
    length -= cut;
  }

  /** Length up to the last complete character; all of it when the tail is no UTF-8 anyway. */
  private int wholeCharacters() {
    for (int back = 1; back <= 3; back++) {
      int lead = held[length - back] & 0xff;
      if (lead < 0x80) {
        return length;
      }
      if (lead >= 0xc0) {
        int needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        return needed > back ? length - back : length;
      }
    }
    return length;
  }

  /** What is held of a line that has not ended. */
  byte[] held() {
    return Arrays.copyOf(held, length);
  }

  /** Passes on what is held although its line never ended. */
  void end(Instant now, Sink sink) {
    if (length > 0) {
      sink.piece(lineTime == null ? now : lineTime, held, length);
    }
    length = 0;
    lineTime = null;
  }
}
