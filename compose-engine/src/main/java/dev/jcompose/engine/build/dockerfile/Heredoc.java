package dev.jcompose.engine.build.dockerfile;

import java.util.regex.Pattern;

/**
 * A text within a Dockerfile: {@code <<NAME}, its lines, and {@code NAME} alone on a line.
 *
 * @param name the delimiter without its quotes; COPY makes a file of this name
 * @param expands whether the builder expands variables of the body in COPY and ADD: true unless the
 *     delimiter was quoted
 * @param stripsTabs whether tabs at the start of lines go: {@code <<-NAME}
 * @param body as written, with its line ends
 */
public record Heredoc(String name, boolean expands, boolean stripsTabs, String body) {
  private static final Pattern TABS =
      Pattern.compile("^\\t+", Pattern.MULTILINE | Pattern.UNIX_LINES);

  /** Whether another has the same name, and so makes the same file. */
  public boolean isNamedLike(Heredoc other) {
    return name.equals(other.name);
  }

  /** The body as a file gets it: without leading tabs when they are stripped. */
  public String content() {
    if (!stripsTabs) {
      return body;
    }
    return TABS.matcher(body).replaceAll("");
  }
}
