package dev.jcompose.engine.container.life;

import dev.jcompose.engine.container.health.Health;
import java.time.Duration;
import java.util.List;

/** What the life of containers needs of execs. */
public interface Probes {
  /** Runs one health probe and waits for it. */
  Health.Probe probe(String containerId, List<String> command, Duration timeout)
      throws InterruptedException;

  /** All processes of a container are gone. */
  void containerEnded(String containerId);
}
