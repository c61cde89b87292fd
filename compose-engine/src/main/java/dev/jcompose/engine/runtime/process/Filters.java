package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.seccomp.SeccompProfile;
import org.jspecify.annotations.Nullable;

/** Compiled filters. */
final class Filters {
  Filters(Architecture architecture) {}

  byte @Nullable [] of(SeccompProfile profile, long bounding) {
    return null;
  }
}
