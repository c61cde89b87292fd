package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a health probe writes: the first {@value #MOST} bytes, and three dots when it is more. */
final class ProbeOutput {
  /** As much as Docker keeps. */
  static final int MOST = 4096;

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean cut;

  /** Reads to the end; returns early when the reading thread is interrupted. */
  void readAll(Attachment attachment) {
    try {
      for (OutputChunk chunk = attachment.read(); chunk != null; chunk = attachment.read()) {
        byte[] part = new byte[chunk.bytes().remaining()];
        chunk.bytes().get(part);
        add(part);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void add(byte[] part) {
    int fits = Math.min(part.length, MOST - kept.size());
    kept.write(part, 0, fits);
    cut |= fits < part.length;
  }

  synchronized String text() {
    return kept.toString(StandardCharsets.UTF_8) + (cut ? "..." : "");
  }

  /** A duration as Go writes it: {@code 1m30s}, {@code 1.5s}, {@code 200ms}. */
  static String duration(Duration duration) {
    if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
      return decimal(duration.toNanos(), 1_000_000) + "ms";
    }
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    long nanos = duration.toSecondsPart() * 1_000_000_000L + duration.toNanosPart();
    return text.append(decimal(nanos, 1_000_000_000)).append('s').toString();
  }

  private static String decimal(long value, long unit) {
    return BigDecimal.valueOf(value)
        .divide(BigDecimal.valueOf(unit))
        .stripTrailingZeros()
        .toPlainString();
  }
}
