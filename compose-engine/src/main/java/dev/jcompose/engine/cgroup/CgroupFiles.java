package dev.jcompose.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the small files of one control group directory. */
record CgroupFiles(Path directory) {

  boolean has(String file) {
    return Files.exists(directory.resolve(file));
  }

  /** Writes a value; the file must be there, as the kernel makes them. */
  void write(String file, String value) {
    Path path = directory.resolve(file);
    try {
      Files.write(path, value.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot write \"" + value + "\" to " + path + " (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    if (e instanceof NoSuchFileException) {
      return "the host does not have it";
    }
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** The content without the last line end; empty if the file is not there or cannot be read. */
  Optional<String> read(String file) {
    try {
      return Optional.of(Files.readString(directory.resolve(file)).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A number; {@code max}, and what is too large for a long, is the largest long. */
  long number(String file) {
    return read(file).map(CgroupFiles::parse).orElse(0L);
  }

  static long parse(String text) {
    if (text.equals("max")) {
      return Long.MAX_VALUE;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  /** Lines of name and number. */
  Map<String, Long> table(String file) {
    Map<String, Long> table = new LinkedHashMap<>();
    for (String line : lines(file)) {
      int space = line.indexOf(' ');
      if (space > 0) {
        table.put(line.substring(0, space), parse(line.substring(space + 1).strip()));
      }
    }
    return table;
  }

  List<String> lines(String file) {
    return read(file).map(text -> text.lines().toList()).orElse(List.of());
  }
}
