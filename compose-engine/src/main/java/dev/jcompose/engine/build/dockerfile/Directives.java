package dev.jcompose.engine.build.dockerfile;

import dev.jcompose.engine.build.source.SourceRange;
import java.util.regex.Pattern;

/**
 * What the comments at the very top of a Dockerfile direct.
 *
 * @param syntax the frontend image of {@code # syntax=}; empty for none. It is never loaded: the
 *     newest syntax is built in
 * @param escape what continues lines and escapes characters: a backslash or a backquote
 * @param check the value of {@code # check=}; empty for none
 * @param checkRange where that stands
 */
public record Directives(String syntax, char escape, String check, SourceRange checkRange) {
  private static final Pattern BUILT_IN =
      Pattern.compile("(docker\\.io/)?docker/dockerfile(-upstream)?([:@].*)?");

  /** A file without directives. */
  public static final Directives NONE = new Directives("", '\\', "", SourceRange.NONE);

  /** Whether the syntax is one that only its own frontend could read. */
  public boolean wantsOtherFrontend() {
    return !syntax.isEmpty() && !BUILT_IN.matcher(syntax).matches();
  }
}
