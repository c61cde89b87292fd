package dev.jcompose.engine.daemon;

import dev.jcompose.engine.state.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the engine was told at its start.
 *
 * @param root the state root
 * @param idle after so long without a request and without a running container the engine leaves;
 *     zero: never
 * @param limits of what is kept on disk
 */
record EngineArguments(Path root, Duration idle, StorageLimits limits) {
  static final String USAGE =
      "usage: jcompose-engine [--root DIR] [--idle SECONDS]; SECONDS 0 keeps it for ever";
  private static final String ROOT_VARIABLE = "JCOMPOSE_ROOT";
  private static final String IDLE_VARIABLE = "JCOMPOSE_ENGINE_IDLE";
  private static final String DEFAULT_IDLE = "300";
  private static final String IMAGES_VARIABLE = "JCOMPOSE_IMAGE_LIMIT";
  private static final String BUILDS_VARIABLE = "JCOMPOSE_BUILD_CACHE_LIMIT";
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})([kKmMgGtT]?)[bB]?");

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
    return new EngineArguments(
        Path.of(root).toAbsolutePath().normalize(),
        seconds(idle),
        new StorageLimits(
            bytes(IMAGES_VARIABLE, environment), bytes(BUILDS_VARIABLE, environment)));
  }

  private static String value(Iterator<String> all, String argument) {
    if (!all.hasNext()) {
      throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
    }
    return all.next();
  }

  private static long bytes(String variable, Map<String, String> environment) {
    String text = environment.getOrDefault(variable, "0");
    Matcher size = SIZE.matcher(text.isEmpty() ? "0" : text);
    if (!size.matches()) {
      throw new IllegalArgumentException(
          variable + "=\"" + text + "\" is not a size; write for instance 20G, or 0 for no limit");
    }
    int unit = "kmgt".indexOf(size.group(2).toLowerCase(Locale.ROOT));
    return Long.parseLong(size.group(1)) << (size.group(2).isEmpty() ? 0 : 10 * (unit + 1));
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
