package dev.jcompose.engine.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record that changes often and whose writer must not wait for the disk, which takes
 * milliseconds. A change is complete beside the record's file when {@link #write} returns, so an
 * engine that starts after this one was killed sees it. Forcing it to the disk and renaming go on
 * behind the writer's back; a machine that loses its power meanwhile has the record before it.
 */
public final class RecordFile {
  private static final System.Logger LOG = System.getLogger(RecordFile.class.getName());

  private final Path file;
  private final Path beside;
  private @Nullable Thread settling;

  /** A record that need not exist; its directory must when it is written. */
  public RecordFile(Path file) {
    this.file = file;
    this.beside = beside(file);
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /**
   * Replaces the record by the JSON text of {@code value}.
   *
   * @throws UncheckedIOException when the disk refuses; the record before it is then untouched
   */
  public synchronized void write(Object value) {
    // What lies beside may be newer than the file, and must not be written over before it is that.
    settle();
    try {
      Files.write(beside, StateFiles.text(value));
    } catch (IOException e) {
      try {
        Files.deleteIfExists(beside);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw new UncheckedIOException("could not write " + file, e);
    }
    settling = Thread.ofVirtual().name("record").start(() -> put(beside, file));
  }

  /** Returns when what was written is on the disk. */
  public synchronized void settle() {
    Thread before = settling;
    if (before != null) {
      boolean interrupted = false;
      while (before.isAlive()) {
        try {
          before.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      settling = null;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void put(Path beside, Path file) {
    try {
      try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
        channel.force(false);
      }
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException removed) {
      // With all that belonged to it.
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "a record is not on the disk yet: " + file, e);
    }
  }

  /** Deletes the record; nothing happens when there is none. */
  public synchronized void delete() throws IOException {
    settle();
    // In this order: without the file, what lies beside it would count.
    Files.deleteIfExists(beside);
    Files.deleteIfExists(file);
  }

  /**
   * Reads the latest record that is complete, and puts it in its place.
   *
   * @return empty when there is none
   * @throws UncheckedIOException when it cannot be read or is not such a record
   */
  public synchronized <T> Optional<T> read(Class<T> type) {
    settle();
    try {
      Optional<T> newer = StateFiles.read(beside, type);
      if (newer.isPresent()) {
        put(beside, file);
        return newer;
      }
    } catch (UncheckedIOException halfWritten) {
      LOG.log(System.Logger.Level.DEBUG, "left half written", halfWritten);
    }
    return StateFiles.read(file, type);
  }
}
