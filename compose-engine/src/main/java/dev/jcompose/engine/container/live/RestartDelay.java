package dev.jcompose.engine.container.live;

import java.time.Duration;

/** How long to wait before a restart: longer each time, short again after a run that lasted. */
public final class RestartDelay {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration LASTING = Duration.ofSeconds(10);

  private Duration last = Duration.ZERO;

  /** The delay after a run of this length. */
  public Duration after(Duration run) {
    if (last.isZero() || run.compareTo(LASTING) >= 0) {
      last = FIRST;
    } else {
      Duration twice = last.multipliedBy(2);
      last = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
    return last;
  }

  /** The container was started by hand. */
  public void reset() {
    last = Duration.ZERO;
  }
}
