package dev.jcompose.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What both versions do with control group directories. */
final class Directories {
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private Directories() {}

  /** A directory and those below it, deepest first; empty if it is not there. */
  static List<Path> deepestFirst(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      return tree.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of();
    }
  }

  static List<Integer> processes(Path directory) {
    TreeSet<Integer> pids = new TreeSet<>();
    for (Path group : deepestFirst(directory)) {
      for (String line : new CgroupFiles(group).lines("cgroup.procs")) {
        pids.add(Integer.valueOf(line));
      }
    }
    return new ArrayList<>(pids);
  }

  /**
   * Those of these processes that have not ended. One whose parent is slow to reap it stays listed
   * in its control group, for seconds where process 1 is lazy, though nothing of it is left to
   * kill.
   */
  static List<Integer> living(List<Integer> pids) {
    return pids.stream().filter(Directories::isLiving).toList();
  }

  private static boolean isLiving(int pid) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Integer.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException gone) {
      return false;
    }
  }

  /** Removes a directory and those below it, waiting for processes that are just ending. */
  static void remove(Path directory) {
    IOException[] last = new IOException[1];
    boolean done = patiently(() -> tryRemove(directory, last));
    if (!done && last[0] != null) {
      throw new UncheckedIOException(
          "cannot remove control group " + directory + ", processes are still in it", last[0]);
    }
  }

  private static boolean tryRemove(Path directory, IOException[] last) {
    for (Path group : deepestFirst(directory)) {
      try {
        Files.delete(group);
      } catch (NoSuchFileException gone) {
        // Somebody else removed it.
      } catch (DirectoryNotEmptyException child) {
        // A group was made below it meanwhile.
        last[0] = child;
        return false;
      } catch (IOException busy) {
        last[0] = busy;
        return false;
      }
    }
    return !Files.exists(directory);
  }

  /** Asks again with growing pauses, for two seconds at most. */
  static boolean patiently(BooleanSupplier done) {
    long start = System.nanoTime();
    long pauseMicros = 200;
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(pauseMicros * 1000);
      pauseMicros = Math.min(20_000, pauseMicros * 2);
    }
    return true;
  }
}
