package dev.jcompose.engine.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a log is wanted.
 *
 * @param tail number of last entries; negative: all
 * @param since null: from the beginning
 * @param until null: to the end
 * @param follow go on with new entries until the container stops
 */
public record LogQuery(
    boolean stdout,
    boolean stderr,
    int tail,
    @Nullable Instant since,
    @Nullable Instant until,
    boolean follow) {
  /** Everything there is now. */
  public static final LogQuery ALL = new LogQuery(true, true, -1, null, null, false);
}
