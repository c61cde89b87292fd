package dev.jcompose.engine.runtime;

import dev.jcompose.engine.runtime.Mount.Propagation;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ordinary containers do without; most of it only a bundle of the Open Container Initiative
 * asks for (runtime-spec 1.3, config-linux).
 *
 * @param handover where the process waits for a start by somebody else, null when the engine that
 *     creates it starts it too
 * @param rootPropagation how mounts made later travel to and from the root, null for not at all
 * @param timeOffsets clock ({@code monotonic}, {@code boottime}) to seconds and nanoseconds in a
 *     time namespace of its own; null for the machine's time namespace
 * @param personality execution domain, see personality(2); null to leave it
 * @param ioPriority class in the bits above 13 and level, see ioprio_set(2); null to leave it
 * @param runtime path of another program that shall run the container, null for the engine itself
 */
public record Particulars(
    @Nullable Handover handover,
    @Nullable Propagation rootPropagation,
    @Nullable Map<String, TimeOffset> timeOffsets,
    @Nullable Long personality,
    @Nullable Integer ioPriority,
    @Nullable Path runtime) {

  /** An ordinary container. */
  public static final Particulars NONE = new Particulars(null, null, null, null, null, null);

  public Particulars {
    timeOffsets = timeOffsets == null ? null : Map.copyOf(timeOffsets);
  }

  /** An ordinary container that another runtime runs, or the engine itself when it is null. */
  public static Particulars runBy(@Nullable Path runtime) {
    return runtime == null ? NONE : new Particulars(null, null, null, null, null, runtime);
  }

  /** How far a clock is from the machine's. */
  public record TimeOffset(long seconds, long nanoseconds) {}

  /**
   * Two named pipes that exist already. The process waits for one byte from the first and tells of
   * its execve on the second, so whoever creates it need not stay.
   *
   * @param gate on which a byte lets it go on
   * @param report on which it says what failed; it is closed when the program runs
   */
  public record Handover(Path gate, Path report) {}
}
