package dev.jcompose.engine.runtime.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads /proc/PID/stat. */
final class ProcessTable {
  private static final int START_TIME_AFTER_NAME = 19;

  private ProcessTable() {}

  /** Field 22: when the process started, in clock ticks since boot. Empty when there is none. */
  static OptionalLong startTime(int pid) {
    try {
      return parseStartTime(Files.readString(Path.of("/proc", Integer.toString(pid), "stat")));
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong parseStartTime(String stat) {
    // The name may contain anything, blanks and parentheses too; the last one ends it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length <= START_TIME_AFTER_NAME
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(fields[START_TIME_AFTER_NAME]));
  }
}
