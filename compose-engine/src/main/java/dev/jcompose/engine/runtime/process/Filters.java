package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.ProcFile;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.seccomp.SeccompFilters;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Seccomp filters for capability sets given as bits. */
final class Filters {
  private final SeccompFilters filters;

  Filters(Architecture architecture) {
    try {
      filters =
          new SeccompFilters(architecture, ProcFile.read(Path.of("/proc/sys/kernel/osrelease")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the kernel's release", e);
    }
  }

  byte @Nullable [] of(SeccompProfile profile, long bounding) {
    return filters.compile(profile, names(bounding)).orElse(null);
  }

  /** As other runtimes take it; empty when everything is allowed. */
  Optional<JsonObject> resolve(SeccompProfile profile, long bounding) {
    return filters.resolve(profile, names(bounding));
  }

  private static Set<String> names(long bounding) {
    return Arrays.stream(Capability.values())
        .filter(capability -> capability.in(bounding))
        .map(capability -> "CAP_" + capability.name())
        .collect(Collectors.toSet());
  }
}
