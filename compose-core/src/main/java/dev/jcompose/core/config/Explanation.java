package dev.jcompose.core.config;

import java.util.List;

/**
 * Why a value is what it is.
 *
 * @param path its dotted path
 * @param value the value, as text
 * @param reasons what made it so, the latest first; never empty
 */
public record Explanation(String path, String value, List<String> reasons) {
  /** Copies the list. */
  public Explanation {
    reasons = List.copyOf(reasons);
  }

  /** The value on a line of its own, then a line for each reason, set in. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(path).append(": ").append(value);
    for (String reason : reasons) {
      text.append("\n    ").append(reason);
    }
    return text.toString();
  }
}
