package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.runtime.Launched;
import java.nio.file.Path;
import java.util.List;

/** The containers as execs need them. */
public interface ExecHost {
  /**
   * A container that runs.
   *
   * @param layers the directories its files come from, uppermost first
   */
  record Running(ContainerRecord container, Launched launched, List<Path> layers) {
    public Running {
      layers = List.copyOf(layers);
    }
  }

  /**
   * The container a reference means.
   *
   * @throws dev.jcompose.engine.EngineException.NotFound when there is none
   * @throws dev.jcompose.engine.EngineException.Conflict when it does not run, is paused, or waits
   *     for a restart
   */
  Running running(String reference);

  /** Tells an event about a container; {@code details} are names and values in turn. */
  void tell(String containerId, String action, String... details);
}
