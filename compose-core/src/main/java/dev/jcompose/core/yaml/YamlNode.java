package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.Location;

/**
 * A value of a document. Maps and lists change in place while the phases work on them; scalars
 * never change.
 */
public sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
  /** How the value came to be. */
  Origin origin();

  /** Where the value was written. */
  default Location location() {
    return origin().location();
  }

  /** An independent copy, as deep as the value goes. */
  YamlNode copy();

  /**
   * What kind of value it is, for messages: {@code a map}, {@code a list}, {@code text}, {@code a
   * number}.
   */
  String kind();
}
