package dev.jcompose.engine.container.spec;

import java.time.Duration;
import java.util.List;

/**
 * How a container's health is probed. Zero means "the image's, else the default" in a request.
 *
 * @param test {@code ["NONE"]}, {@code ["CMD", program, argument…]}, {@code ["CMD-SHELL", line]};
 *     empty: the image's
 * @param interval from the end of one probe to the start of the next; default 30 s
 * @param timeout after which a probe is killed and counts as failed; default 30 s
 * @param startPeriod in which failures do not count; default none
 * @param startInterval interval while starting; default 5 s
 * @param retries failures in a row that make a container unhealthy; default 3
 */
public record Healthcheck(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {
  public Healthcheck {
    test = List.copyOf(test);
  }
}
