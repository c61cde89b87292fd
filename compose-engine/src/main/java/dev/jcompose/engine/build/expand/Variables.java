package dev.jcompose.engine.build.expand;

import org.jspecify.annotations.Nullable;

/** Where variables get their values from. */
@FunctionalInterface
public interface Variables {
  /** No variable is set. */
  Variables NONE = _ -> null;

  /** The value of a variable; null when it is not set. Names are case-sensitive. */
  @Nullable String get(String name);
}
