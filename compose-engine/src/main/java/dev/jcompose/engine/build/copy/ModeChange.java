package dev.jcompose.engine.build.copy;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --chmod} says: octal digits, or the symbolic form of chmod(1) such as {@code
 * u=rwX,go=rX}.
 */
public final class ModeChange {
  private static final Pattern OCTAL = Pattern.compile("[0-7]{1,5}");
  private static final Pattern CLAUSE = Pattern.compile("([ugoa]*)((?:[-+=][rwxXst]*)+)");
  private static final Pattern ACTION = Pattern.compile("([-+=])([rwxXst]*)");

  private final String text;
  private final int octal;

  private ModeChange(String text, int octal) {
    this.text = text;
    this.octal = octal;
  }

  /**
   * Reads it.
   *
   * @throws CopyException when it is neither form
   */
  public static ModeChange parse(String text) throws CopyException {
    if (OCTAL.matcher(text).matches()) {
      int mode = Integer.parseInt(text, 8);
      if (mode <= 07777) {
        return new ModeChange(text, mode);
      }
    } else if (List.of(text.split(",", -1)).stream()
        .allMatch(clause -> CLAUSE.matcher(clause).matches())) {
      return new ModeChange(text, -1);
    }
    throw new CopyException(
        "invalid chmod parameter: '"
            + text
            + "'; write octal digits between 0 and 07777, or letters such as u=rwX,go=rX");
  }

  /** The permission bits that come of these. */
  int apply(int mode, boolean directory) {
    if (octal >= 0) {
      return octal;
    }
    int result = mode & 07777;
    for (String clause : text.split(",", -1)) {
      Matcher matcher = CLAUSE.matcher(clause);
      if (matcher.matches()) {
        result = apply(matcher.group(1), matcher.group(2), result, directory);
      }
    }
    return result;
  }

  private static int apply(String who, String actions, int before, boolean directory) {
    String whom = who.isEmpty() || who.contains("a") ? "ugo" : who;
    int mode = before;
    Matcher action = ACTION.matcher(actions);
    while (action.find()) {
      int bits = 0;
      int all = 0;
      for (int i = 0; i < whom.length(); i++) {
        char target = whom.charAt(i);
        int shift = target == 'u' ? 6 : target == 'g' ? 3 : 0;
        all |= 7 << shift;
        String letters = action.group(2);
        for (int j = 0; j < letters.length(); j++) {
          char letter = letters.charAt(j);
          bits |=
              switch (letter) {
                case 'r' -> 4 << shift;
                case 'w' -> 2 << shift;
                case 'x' -> 1 << shift;
                case 'X' -> directory || (mode & 0111) != 0 ? 1 << shift : 0;
                case 's' -> target == 'u' ? 04000 : target == 'g' ? 02000 : 0;
                default -> 01000;
              };
        }
      }
      mode =
          switch (action.group(1)) {
            case "+" -> mode | bits;
            case "-" -> mode & ~bits;
            default -> (mode & ~all) | bits;
          };
    }
    return mode;
  }
}
