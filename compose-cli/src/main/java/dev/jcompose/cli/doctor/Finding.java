package dev.jcompose.cli.doctor;

/**
 * What was found about one thing.
 *
 * @param check what was looked at, one or two words
 * @param found what there is, without a full stop
 * @param mend what to do about it, a command where there is one; empty when all is well
 */
public record Finding(String check, State state, String found, String mend) {
  /** How well it is. */
  public enum State {
    /** As it should be. */
    OK,
    /** Containers run; something may be slower, smaller or closed. */
    NOTE,
    /** Containers do not run without it. */
    MISSING
  }

  static Finding ok(String check, String found) {
    return new Finding(check, State.OK, found, "");
  }

  static Finding note(String check, String found, String mend) {
    return new Finding(check, State.NOTE, found, mend);
  }

  static Finding missing(String check, String found, String mend) {
    return new Finding(check, State.MISSING, found, mend);
  }
}
