package dev.jcompose.engine.build.parse;

import dev.jcompose.engine.build.dockerfile.Origin;
import java.util.List;

/** Instructions that ONBUILD leaves to other images. */
final class Triggers {
  private Triggers() {}

  /** Where a trigger stands: the lines of its ONBUILD. */
  static Origin origin(Origin outer, String text) {
    int end = 0;
    while (end < text.length() && !Words.isBlank(text.charAt(end))) {
      end++;
    }
    return new Origin(outer.range(), text.substring(0, end), text, List.of());
  }
}
