package dev.jcompose.core.interpolate;

import org.jspecify.annotations.Nullable;

/** Where variables get their values from. */
@FunctionalInterface
public interface Lookup {
  /** The value of a variable; null when it is not set. Names are case-sensitive. */
  @Nullable String get(String name);
}
