package dev.jcompose.engine.build.dockerfile;

import dev.jcompose.engine.build.source.SourceRange;
import java.util.List;

/**
 * Where an instruction stands.
 *
 * @param range its lines, with those of its heredocs
 * @param keyword as it was written, such as {@code run} or {@code RUN}
 * @param text the whole instruction with its continuation lines joined, flags included, trimmed;
 *     without the bodies of heredocs
 * @param comments the comment lines directly above it, without {@code #} and trimmed
 */
public record Origin(SourceRange range, String keyword, String text, List<String> comments) {
  public Origin {
    comments = List.copyOf(comments);
  }

  /** What a comment above the instruction says of a name: {@code # name description}. */
  public String description(String name) {
    return comments.stream()
        .filter(comment -> !name.isEmpty() && comment.startsWith(name + " "))
        .map(comment -> comment.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }
}
