package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Heredoc;
import dev.jcompose.engine.build.dockerfile.Origin;
import java.util.List;

/**
 * An instruction before its keyword is looked at.
 *
 * @param origin where it stands
 * @param flags the words after the keyword that begin with {@code --}, without quotes
 * @param rest what follows them, trimmed
 * @param heredocs those of the line, in order
 * @param escape what escapes characters
 */
record Statement(
    Origin origin, List<String> flags, String rest, List<Heredoc> heredocs, char escape) {
  /** Takes a joined line apart. */
  static Statement of(Origin origin, List<Heredoc> heredocs, char escape) {
    String text = origin.text();
    int end = 0;
    while (end < text.length() && !Words.isBlank(text.charAt(end))) {
      end++;
    }
    FlagWords flags = FlagWords.of(text.substring(end), escape);
    return new Statement(origin, flags.words(), flags.rest(), heredocs, escape);
  }
}
