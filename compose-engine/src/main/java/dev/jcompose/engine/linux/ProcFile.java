package dev.jcompose.engine.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads small files below /proc/sys. They answer one read only, from the start, and {@code
 * Files.readString} asks for a single byte first, because their size is 0: it would get the first
 * character of the value.
 */
public final class ProcFile {
  private static final int MOST_BYTES = 65536;

  private ProcFile() {}

  /** The content without blanks at the ends. */
  public static String read(Path file) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      byte[] buffer = new byte[MOST_BYTES];
      int count = in.read(buffer);
      return count <= 0 ? "" : new String(buffer, 0, count, StandardCharsets.UTF_8).strip();
    }
  }
}
