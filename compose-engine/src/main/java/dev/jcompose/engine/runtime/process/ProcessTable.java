package dev.jcompose.engine.runtime.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads /proc/PID/stat. */
final class ProcessTable {
  private static final int PARENT_AFTER_NAME = 1;
  private static final int START_TIME_AFTER_NAME = 19;

  private ProcessTable() {}

  /** Field 22: when the process started, in clock ticks since boot. Empty when there is none. */
  static OptionalLong startTime(int pid) {
    return stat(pid).map(ProcessTable::parseStartTime).orElse(OptionalLong.empty());
  }

  /** As {@link #startTime}, but nothing for a process that has ended and was not waited for. */
  static OptionalLong startTimeOfLiving(int pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
      char state = stat.substring(stat.lastIndexOf(')') + 1).strip().charAt(0);
      return state == 'Z' || state == 'X' ? OptionalLong.empty() : parseStartTime(stat);
    } catch (IOException gone) {
      return OptionalLong.empty();
    }
  }

  static OptionalLong parseStartTime(String stat) {
    return field(stat, START_TIME_AFTER_NAME);
  }

  /** The process's parent. Empty when there is no such process. */
  static OptionalInt parent(int pid) {
    OptionalLong parent =
        stat(pid).map(stat -> field(stat, PARENT_AFTER_NAME)).orElse(OptionalLong.empty());
    return parent.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) parent.getAsLong());
  }

  /** The process's name, as it may have set it itself. Empty when there is no such process. */
  static Optional<String> name(int pid) {
    return stat(pid).map(stat -> stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')));
  }

  private static Optional<String> stat(int pid) {
    try {
      return Optional.of(
          Files.readString(
              Path.of("/proc", Integer.toString(pid), "stat"), StandardCharsets.ISO_8859_1));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static OptionalLong field(String stat, int afterName) {
    // The name may contain anything, blanks and parentheses too; the last one ends it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    return fields.length <= afterName
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(fields[afterName]));
  }
}
