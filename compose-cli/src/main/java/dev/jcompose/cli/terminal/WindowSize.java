package dev.jcompose.cli.terminal;

import java.io.IOException;
import java.util.Optional;

/**
 * The size of the terminal in characters.
 *
 * @param rows at least 1
 * @param columns at least 1
 */
public record WindowSize(int rows, int columns) {
  /** What is assumed until the terminal has answered. */
  public static final WindowSize UNKNOWN = new WindowSize(24, 80);

  /** Asks the terminal this process was started from; empty when there is none. */
  public static Optional<WindowSize> ask() throws IOException, InterruptedException {
    return parse(Stty.run("size"));
  }

  static Optional<WindowSize> parse(Optional<String> answer) {
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    String[] numbers = answer.get().strip().split(" ", -1);
    try {
      WindowSize size =
          new WindowSize(
              Integer.parseInt(numbers[0]), numbers.length > 1 ? Integer.parseInt(numbers[1]) : 0);
      return size.rows > 0 && size.columns > 0 ? Optional.of(size) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
