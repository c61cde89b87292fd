package dev.jcompose.engine.build.expand;

import dev.jcompose.engine.build.source.SyntaxException;
import java.util.EnumSet;
import java.util.Set;

/**
 * Expands variables and removes quotes, much as a shell does: {@code $x}, {@code ${x}}, the
 * operators {@code :- - :+ + :? ? # ## % %% / //} with operands that nest, single quotes (nothing
 * inside is special), double quotes (variables, and escapes of {@code " $} and the escape
 * character), and escapes. A dollar sign before no name stays.
 */
public final class Lexer {
  /** What a lexer leaves as it is. */
  public enum Keep {
    /** Quotes stay, and still protect what is in them. */
    QUOTES,
    /** Escape characters stay, and still protect what follows. */
    ESCAPES,
    /** Quotes are characters like others: for the bodies of heredocs. */
    QUOTES_AS_TEXT,
    /** Variables that are not set stay as they are written. */
    UNSET
  }

  private final char escape;
  private final Set<Keep> kept;

  /**
   * Makes a lexer.
   *
   * @param escape a backslash or a backquote, as the directive says
   * @param keep what it leaves as it is
   */
  public Lexer(char escape, Keep... keep) {
    this.escape = escape;
    this.kept = EnumSet.noneOf(Keep.class);
    kept.addAll(Set.of(keep));
  }

  /**
   * Goes through a text.
   *
   * @throws SyntaxException when it breaks the grammar, a variable it requires has no value, or it
   *     grows beyond a million characters
   */
  public Expanded expand(String text, Variables variables) throws SyntaxException {
    return new LexerRun(text, variables, escape, kept).whole();
  }
}
