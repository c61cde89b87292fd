package dev.jcompose.engine.build.dockerfile;

import java.util.List;

/**
 * What COPY and ADD have in common. Sources, destination, owner and mode may hold variables.
 *
 * @param sources paths, or what else ADD takes, in order; may be empty when there are heredocs
 * @param heredocs files whose content stands in the Dockerfile, in order; they come after the
 *     sources
 * @param destination a path; a slash at its end makes it a folder
 * @param chown {@code user[:group]}; empty for none
 * @param chmod octal or symbolic; empty for none
 * @param link whether the result stands on its own, whatever is below
 * @param excludes patterns of paths that are not taken, relative to each source
 */
public record Transfer(
    List<String> sources,
    List<Heredoc> heredocs,
    String destination,
    String chown,
    String chmod,
    boolean link,
    List<String> excludes) {
  public Transfer {
    sources = List.copyOf(sources);
    heredocs = List.copyOf(heredocs);
    excludes = List.copyOf(excludes);
  }
}
