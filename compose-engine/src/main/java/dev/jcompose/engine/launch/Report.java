package dev.jcompose.engine.launch;

import dev.jcompose.engine.linux.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * What a program told the engine about one of its calls.
 *
 * @param entry index of the call
 * @param result as the kernel gave it: an error is negative
 */
public record Report(int entry, long result) {
  /** Bytes of a report on the status socket. */
  public static final int BYTES = 16;

  /** Reads one report; the buffer's byte order is changed. */
  public static Report of(ByteBuffer message) {
    message.order(ByteOrder.LITTLE_ENDIAN);
    long address = message.getLong();
    return new Report(
        Math.toIntExact((address - Layout.TABLE) / Layout.ENTRY_BYTES), message.getLong());
  }

  /** The error, if the call failed. */
  public Optional<Errno> error() {
    return result < 0 && result >= -4095 ? Optional.of(new Errno((int) -result)) : Optional.empty();
  }

  /** Whether the program has ended because of it. */
  public boolean fatal(LaunchProgram program) {
    Entry of = program.entries().get(entry);
    return error()
        .map(errno -> !of.tolerated().contains(errno))
        .orElseGet(() -> result < of.least());
  }

  /** A sentence part such as {@code mount /proc: EPERM (operation not permitted)}. */
  public String describe(LaunchProgram program) {
    String about = program.entries().get(entry).about();
    return about + ": " + error().map(Errno::toString).orElse("result " + result);
  }
}
