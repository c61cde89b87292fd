package dev.jcompose.cli.command.build;

import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.UserError;
import java.util.Locale;

/** Sizes as options have them: {@code 512m}, {@code 2g}. */
final class ByteSize {
  private ByteSize() {}

  /**
   * The bytes of a size.
   *
   * @param option for the sentence when it is none
   */
  static long parse(String option, String text) {
    String lower = text.toLowerCase(Locale.ROOT).replaceAll("b$", "");
    int shift =
        switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
          case 'k' -> 10;
          case 'm' -> 20;
          case 'g' -> 30;
          case 't' -> 40;
          default -> 0;
        };
    try {
      return Long.parseLong(shift == 0 ? lower : lower.substring(0, lower.length() - 1)) << shift;
    } catch (NumberFormatException e) {
      throw new UserError(
          ExitCode.USAGE, option + " \"" + text + "\" is not a size; write 512m or 2g", e);
    }
  }
}
