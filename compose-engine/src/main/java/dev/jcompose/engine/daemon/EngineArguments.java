package dev.jcompose.engine.daemon;

import dev.jcompose.engine.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * What the engine was told at its start.
 *
 * @param root the state root
 * @param idle after so long without a request and without a running container the engine leaves;
 *     zero: never
 */
record EngineArguments(Path root, Duration idle) {
  static final String USAGE =
      "usage: jcompose-engine [--root DIR] [--idle SECONDS]; SECONDS 0 keeps it for ever";
  private static final String ROOT_VARIABLE = "JCOMPOSE_ROOT";
  private static final String IDLE_VARIABLE = "JCOMPOSE_ENGINE_IDLE";
  private static final String DEFAULT_IDLE = "300";

  /**
   * Reads arguments, and the environment for what they leave open.
   *
   * @throws IllegalArgumentException in a sentence, when an argument makes no sense
   */
  static EngineArguments parse(List<String> arguments, Map<String, String> environment) {
    String root = environment.getOrDefault(ROOT_VARIABLE, StateDirectory.DEFAULT_ROOT.toString());
    String idle = environment.getOrDefault(IDLE_VARIABLE, DEFAULT_IDLE);
    for (Iterator<String> all = arguments.iterator(); all.hasNext(); ) {
      String argument = all.next();
      switch (argument) {
        case "--root" -> root = value(all, argument);
        case "--idle" -> idle = value(all, argument);
        default ->
            throw new IllegalArgumentException(
                "argument \"" + argument + "\" is not known; " + USAGE);
      }
    }
    return new EngineArguments(Path.of(root).toAbsolutePath().normalize(), seconds(idle));
  }

  private static String value(Iterator<String> all, String argument) {
    if (!all.hasNext()) {
      throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
    }
    return all.next();
  }

  private static Duration seconds(String text) {
    try {
      long seconds = Long.parseLong(text);
      if (seconds >= 0) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException e) {
      // answered below, like negative numbers
    }
    throw new IllegalArgumentException(
        "\"" + text + "\" is not a number of seconds to stay idle; " + USAGE);
  }
}
