package dev.jcompose.engine.http.routes.stream;

import dev.jcompose.engine.http.HttpProblem;
import java.util.Arrays;
import java.util.Locale;

/**
 * The keys that leave an attached terminal without ending it: by default ctrl-p, then ctrl-q. Keys
 * of a sequence that is not completed go to the process after all.
 */
final class DetachKeys {
  private final byte[] sequence;
  private int matched;

  private DetachKeys(byte[] sequence) {
    this.sequence = sequence;
  }

  /** Reads keys with commas between them: one character, or {@code ctrl-} and one. */
  static DetachKeys parse(String text) {
    String keys = text.isEmpty() ? "ctrl-p,ctrl-q" : text;
    String[] names = keys.split(",", -1);
    byte[] sequence = new byte[names.length];
    for (int i = 0; i < names.length; i++) {
      sequence[i] = key(names[i].toLowerCase(Locale.ROOT), names[i]);
    }
    return new DetachKeys(sequence);
  }

  private static byte key(String lower, String name) {
    if (name.length() == 1 && name.charAt(0) < 128) {
      return (byte) name.charAt(0);
    }
    if (lower.startsWith("ctrl-") && lower.length() == 6) {
      char key = lower.charAt(5);
      if (key >= 'a' && key <= 'z') {
        return (byte) (key - 'a' + 1);
      }
      int symbol = "@[\\]^_".indexOf(key);
      if (symbol >= 0) {
        return (byte) (key == '@' ? 0 : 26 + symbol);
      }
    }
    throw HttpProblem.badRequest("invalid detach keys: \"" + name + "\" is not a key");
  }

  /** Whether the whole sequence has been typed. */
  boolean isComplete() {
    return matched == sequence.length;
  }

  /** Takes the next bytes of input and returns what goes to the process. */
  byte[] take(byte[] input, int length) {
    byte[] forward = new byte[length + matched];
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (input[i] == sequence[matched]) {
        matched++;
        if (isComplete()) {
          return Arrays.copyOf(forward, count);
        }
        continue;
      }
      System.arraycopy(sequence, 0, forward, count, matched);
      count += matched;
      matched = 0;
      if (input[i] == sequence[0]) {
        // With one key only, it has matched above already.
        matched = 1;
      } else {
        forward[count++] = input[i];
      }
    }
    return Arrays.copyOf(forward, count);
  }
}
