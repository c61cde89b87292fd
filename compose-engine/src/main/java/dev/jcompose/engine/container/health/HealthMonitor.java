package dev.jcompose.engine.container.health;

import dev.jcompose.engine.container.spec.Healthcheck;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Probes one run of a container.
 *
 * <p>Docker's rules decide about health: a regular probe every interval, counted from the end of
 * the one before; failures within the start period do not count; {@code retries} failures in a row
 * make it unhealthy; one success makes it healthy. On top of that, while it is starting there are
 * extra probes between the regular ones: the first at once, the others soon after each other. An
 * extra probe that succeeds makes the container healthy at that moment; one that fails counts for
 * nothing. So whoever waits for {@code service_healthy} waits no longer than the service needs.
 */
public final class HealthMonitor {
  private static final System.Logger LOG = System.getLogger(HealthMonitor.class.getName());
  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(30);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_START_INTERVAL = Duration.ofSeconds(5);
  private static final int DEFAULT_RETRIES = 3;
  private static final int PROBES_KEPT = 5;
  private static final Duration FIRST_EXTRA = Duration.ofMillis(50);
  private static final Duration LONGEST_EXTRA = Duration.ofSeconds(1);

  /** Runs one probe and waits for it; does not throw for a probe that fails. */
  @FunctionalInterface
  public interface Prober {
    Health.Probe probe(Duration timeout) throws InterruptedException;
  }

  private final Duration interval;
  private final Duration timeout;
  private final Duration startPeriod;
  private final Duration startInterval;
  private final int retries;
  private final InstantSource steady;
  private final Prober prober;
  private final BooleanSupplier paused;
  private final Consumer<Health> changed;
  private final Thread thread;
  private Health health = Health.STARTING;
  private Duration extra = FIRST_EXTRA;

  private HealthMonitor(
      Healthcheck check,
      InstantSource steady,
      Prober prober,
      BooleanSupplier paused,
      Consumer<Health> changed) {
    this.interval = or(check.interval(), DEFAULT_INTERVAL);
    this.timeout = or(check.timeout(), DEFAULT_TIMEOUT);
    this.startPeriod = check.startPeriod();
    this.startInterval = or(check.startInterval(), DEFAULT_START_INTERVAL);
    this.retries = check.retries() <= 0 ? DEFAULT_RETRIES : check.retries();
    this.steady = steady;
    this.prober = prober;
    this.paused = paused;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("health").unstarted(this::run);
  }

  private static Duration or(Duration asked, Duration otherwise) {
    return asked.isZero() ? otherwise : asked;
  }

  /**
   * Begins to probe.
   *
   * @param steady does not jump when the machine's clock is set
   * @param paused while true no probe is run
   * @param changed told after every probe
   */
  public static HealthMonitor start(
      Healthcheck check,
      InstantSource steady,
      Prober prober,
      BooleanSupplier paused,
      Consumer<Health> changed) {
    var monitor = new HealthMonitor(check, steady, prober, paused, changed);
    monitor.thread.start();
    return monitor;
  }

  /** Stops probing; a probe that runs is left to end with its container. */
  public void stop() {
    thread.interrupt();
  }

  private void run() {
    Instant began = steady.instant();
    Instant regular = began.plus(regularInterval(began, began));
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean counts = !steady.instant().isBefore(regular);
        if (!paused.getAsBoolean()) {
          Health.Probe probe = prober.probe(timeout);
          take(probe, counts, inStartPeriod(began, steady.instant()));
        }
        if (counts) {
          regular = steady.instant().plus(regularInterval(began, steady.instant()));
        }
        Thread.sleep(pause(regular));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "health checks of a container end", e);
    }
  }

  private boolean inStartPeriod(Instant began, Instant at) {
    return at.isBefore(began.plus(startPeriod));
  }

  private Duration regularInterval(Instant began, Instant now) {
    boolean starting = health.status() == Health.Status.STARTING && inStartPeriod(began, now);
    return starting ? startInterval : interval;
  }

  /** How long until the next probe, regular or extra. */
  private Duration pause(Instant regular) {
    Duration left = Duration.between(steady.instant(), regular);
    if (health.status() != Health.Status.STARTING) {
      return left.isNegative() ? Duration.ZERO : left;
    }
    Duration pause = extra.compareTo(left) < 0 ? extra : left;
    Duration longer = extra.multipliedBy(3).dividedBy(2);
    extra = longer.compareTo(LONGEST_EXTRA) > 0 ? LONGEST_EXTRA : longer;
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  private void take(Health.Probe probe, boolean counts, boolean inStartPeriod) {
    List<Health.Probe> log = new ArrayList<>(health.log());
    log.add(probe);
    if (log.size() > PROBES_KEPT) {
      log.removeFirst();
    }
    Health.Status status = health.status();
    int streak = health.failingStreak();
    if (probe.exitCode() == 0) {
      status = Health.Status.HEALTHY;
      streak = 0;
    } else if (counts && !(inStartPeriod && status == Health.Status.STARTING)) {
      streak++;
      if (streak >= retries) {
        status = Health.Status.UNHEALTHY;
      }
    }
    health = new Health(status, streak, log);
    changed.accept(health);
  }
}
