package dev.jcompose.engine.container.health;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the probes of a container said.
 *
 * @param failingStreak failures in a row that counted
 * @param log the last five probes, oldest first
 */
public record Health(Status status, int failingStreak, List<Probe> log) {
  /** Before the first probe. */
  public static final Health STARTING = new Health(Status.STARTING, 0, List.of());

  public Health {
    log = List.copyOf(log);
  }

  /** Nobody probes any more, so nobody can say that it is healthy. */
  public Health ended() {
    return new Health(Status.UNHEALTHY, failingStreak, log);
  }

  /** Docker's three states of health. */
  public enum Status {
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** The name on the wire. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One probe.
   *
   * @param exitCode 0 healthy; −1 when it was killed for taking too long
   * @param output what it wrote, at most 4096 bytes
   */
  public record Probe(Instant start, Instant end, int exitCode, String output) {}
}
