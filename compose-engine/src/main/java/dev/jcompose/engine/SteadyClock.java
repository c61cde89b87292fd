package dev.jcompose.engine;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Moments for measuring how long something lasts: they start at the machine's time and then only go
 * forward as time passes, also when somebody sets the machine's clock. Not for showing to people.
 */
public final class SteadyClock implements InstantSource {
  private final Instant origin;
  private final LongSupplier nanos;
  private final long start;

  /** Starts now. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.origin = wall.instant();
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return origin.plusNanos(nanos.getAsLong() - start);
  }
}
