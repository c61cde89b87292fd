package dev.jcompose.engine.build;

import java.util.List;

/**
 * What a build made.
 *
 * @param imageId {@code sha256:…}
 * @param tags names it was given, familiar
 */
public record BuildResult(String imageId, List<String> tags) {
  public BuildResult {
    tags = List.copyOf(tags);
  }
}
