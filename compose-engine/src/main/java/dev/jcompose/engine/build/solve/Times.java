package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import java.nio.file.Path;

/** Makes layers reproducible: nothing in them is younger than SOURCE_DATE_EPOCH. */
final class Times {
  private Times() {}

  /**
   * Sets back the times of everything in a directory that is younger.
   *
   * @param latest seconds since 1970
   */
  static void clamp(FileCalls calls, Path directory, long latest) {
    int descriptor = calls.openDirectory(directory);
    try {
      clamp(calls, descriptor, latest);
    } finally {
      calls.close(descriptor);
    }
  }

  private static void clamp(FileCalls calls, int directory, long latest) {
    for (String name : calls.names(directory)) {
      FileFacts facts = calls.facts(directory, name);
      if (facts == null) {
        continue;
      }
      if (facts.isDirectory()) {
        int inside = calls.openDirectory(directory, name);
        try {
          clamp(calls, inside, latest);
        } finally {
          calls.close(inside);
        }
      }
      if (facts.mtime() > latest) {
        calls.setTime(directory, name, latest);
      }
    }
  }
}
