package dev.jcompose.cli.render.log;

import java.util.List;

/** Colours of log prefixes, dealt out in turn. */
final class Palette {
  static final String RESET = "\u001b[0m";

  /** Of what the program itself says: bright green. */
  static final String OWN = "\u001b[92m";

  private static final List<String> CODES =
      List.of("36", "33", "32", "35", "34", "36;1", "33;1", "32;1", "35;1", "34;1");

  private Palette() {}

  /** The escape sequence of the n-th name, counted from 0. */
  static String colour(int n) {
    return "\u001b[" + CODES.get(n % CODES.size()) + "m";
  }
}
