package dev.jcompose.cli.command.inside;

import dev.jcompose.cli.terminal.Signals;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import java.util.List;

/** Passes the signals that ask this process to end, or to do something, on to a container. */
public final class SignalProxy {
  // USR1 and QUIT belong to the JVM itself and cannot be had.
  private static final List<String> PASSED = List.of("INT", "TERM", "HUP", "USR2");

  private SignalProxy() {}

  /** Passes them on from now on. */
  public static void to(Engine engine, String container) {
    for (String signal : PASSED) {
      Signals.on(signal, () -> pass(engine, container, signal));
    }
  }

  private static void pass(Engine engine, String container, String signal) {
    try {
      engine.killContainer(container, signal);
    } catch (EngineException e) {
      // It has just ended; its exit code follows.
    }
  }
}
