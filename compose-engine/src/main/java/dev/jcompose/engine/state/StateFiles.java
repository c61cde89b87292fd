package dev.jcompose.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes records as JSON files. A file is written beside its place, forced to disk and
 * renamed, so a reader or a restarted engine sees the old text or the new, never half of one.
 */
public final class StateFiles {
  private static final String TEMPORARY = ".new";

  // Jackson's classes take a tenth of a second to load, so only the first use pays for them.
  private static final class Mapper {
    static final JsonMapper JSON = JsonMapper.builder().build();
  }

  private StateFiles() {}

  /**
   * Replaces {@code file} by the JSON text of {@code value}; its directory must exist.
   *
   * @throws UncheckedIOException when the disk refuses; the old file is then untouched
   */
  public static void write(Path file, Object value) {
    write(file, text(value));
  }

  /** The JSON text of {@code value}. */
  static byte[] text(Object value) {
    return Mapper.JSON.writeValueAsBytes(value);
  }

  /**
   * Replaces {@code file} by {@code bytes}; its directory must exist.
   *
   * @throws UncheckedIOException when the disk refuses; the old file is then untouched
   */
  public static void write(Path file, byte[] bytes) {
    Path beside = file.resolveSibling(file.getFileName() + TEMPORARY);
    try {
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(false);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw new UncheckedIOException("could not write " + file, e);
    }
  }

  /**
   * Reads the record in {@code file}.
   *
   * @return empty when there is no such file
   * @throws UncheckedIOException when the file cannot be read or is not such a record
   */
  public static <T> Optional<T> read(Path file, Class<T> type) {
    try {
      return Optional.of(Mapper.JSON.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + file, e);
    } catch (JacksonException e) {
      throw new UncheckedIOException(
          "could not read " + file, new IOException(e.getOriginalMessage(), e));
    }
  }
}
