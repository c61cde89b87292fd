package dev.jcompose.engine.build.source;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what a misspelt word was meant to be. */
public final class Spelling {
  /** Longer words are no misspelling, and comparing them costs their product. */
  private static final int LONGEST = 64;

  private Spelling() {}

  /**
   * The known word that is nearest, when at most a third of the letters differ; null otherwise.
   * Upper and lower case count as the same.
   */
  public static @Nullable String nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return null;
    }
    String best = null;
    // One letter off is no hint when there are only one or two.
    int least = word.length() < 3 ? 1 : word.length() / 3 + 1;
    for (String candidate : known) {
      int distance =
          distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT), least);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** {@code did you mean "X"?}, or another sentence when nothing is near. */
  public static String didYouMean(String word, Collection<String> known, String otherwise) {
    String nearest = nearest(word, known);
    return nearest == null ? otherwise : "did you mean " + nearest + "?";
  }

  /** Letters that change, come, go or swap with their neighbour; at most {@code bound}. */
  private static int distance(String a, String b, int bound) {
    if (Math.abs(a.length() - b.length()) >= bound) {
      return bound;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        best = Math.min(best, cost[i - 1][j - 1] + same);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, cost[i - 2][j - 2] + 1);
        }
        cost[i][j] = best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
