package dev.jcompose.engine.container.insight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Figures of the whole machine, from /proc/stat.
 *
 * @param ticks clock ticks all processors spent since boot: user to softirq, as Docker counts
 * @param processors those that are on line
 * @param bootTime when the machine was started, in seconds of the epoch
 */
record ProcFigures(long ticks, int processors, long bootTime) {
  private static final Path FILE = Path.of("/proc/stat");
  private static final int COUNTED_FIELDS = 7;

  static ProcFigures read() {
    try {
      return parse(Files.readAllLines(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }

  static ProcFigures parse(List<String> lines) {
    long ticks = 0;
    int processors = 0;
    long bootTime = 0;
    for (String line : lines) {
      String[] fields = line.split("\\s+", -1);
      if (fields[0].equals("cpu")) {
        for (int i = 1; i <= COUNTED_FIELDS && i < fields.length; i++) {
          ticks += Long.parseLong(fields[i]);
        }
      } else if (fields[0].startsWith("cpu")) {
        processors++;
      } else if (fields[0].equals("btime")) {
        bootTime = Long.parseLong(fields[1]);
      }
    }
    return new ProcFigures(ticks, processors, bootTime);
  }
}
