package dev.jcompose.engine.container.insight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Figures of the whole machine. */
final class ProcFigures {
  private static final int COUNTED_FIELDS = 8;

  private ProcFigures() {}

  /** Ticks all processors spent since boot: the first eight fields, as Docker counts. */
  static long systemTicks() {
    String[] fields = firstLine(Path.of("/proc/stat")).split("\\s+", -1);
    long ticks = 0;
    for (int i = 1; i <= COUNTED_FIELDS && i < fields.length; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  /** When the machine was started, in seconds of the epoch. */
  static long bootTime() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/stat"))) {
        if (line.startsWith("btime ")) {
          return Long.parseLong(line.substring("btime ".length()).strip());
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/stat", e);
    }
  }

  private static String firstLine(Path file) {
    try {
      return Files.readAllLines(file).getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
