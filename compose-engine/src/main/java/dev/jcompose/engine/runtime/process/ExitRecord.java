package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.WaitResult;
import dev.jcompose.engine.runtime.Keeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** The file in which a keeper writes how a container's first process ended. */
record ExitRecord(Path file) {
  // In siginfo_t, on both architectures.
  private static final int CODE = 8;
  private static final int STATUS = 24;
  private static final int CLD_EXITED = 1;

  /**
   * Makes an empty record. All its bytes are there from the beginning, so that a disk that has
   * filled up meanwhile does not keep the keeper from writing them. The keeper of an earlier run
   * keeps the file of its own, which loses its name.
   */
  void make() {
    try {
      Files.deleteIfExists(file);
      Files.write(file, new byte[Keeper.RECORD_BYTES]);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + file + " (" + e.getMessage() + ")", e);
    }
  }

  /** How the process ended; empty while it runs, or when its keeper was killed before it. */
  Optional<WaitResult> read() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length != Keeper.RECORD_BYTES) {
        return Optional.empty();
      }
      ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int code = info.getInt(CODE);
      int status = info.getInt(STATUS);
      if (code == 0) {
        return Optional.empty();
      }
      return Optional.of(
          code == CLD_EXITED ? new WaitResult.Exited(status) : new WaitResult.Signalled(status));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The process id of the keeper that wrote it; empty as in {@link #read}. */
  OptionalInt keeper() {
    try {
      byte[] bytes = Files.readAllBytes(file);
      int keeper =
          bytes.length != Keeper.RECORD_BYTES
              ? 0
              : (int)
                  ByteBuffer.wrap(bytes)
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .getLong(Keeper.RECORD_BYTES - Long.BYTES);
      return keeper == 0 ? OptionalInt.empty() : OptionalInt.of(keeper);
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** When it was written last. */
  Instant writtenAt() {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + file, e);
    }
  }
}
