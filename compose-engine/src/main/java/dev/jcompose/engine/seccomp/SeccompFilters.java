package dev.jcompose.engine.seccomp;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.linux.Architecture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Compiled filters; each combination of profile and capabilities is compiled once. */
public final class SeccompFilters {
  /** The kernel's BPF_MAXINSNS. */
  private static final int MOST_INSTRUCTIONS = 4096;

  private final List<FilterArchitecture> architectures;
  private final String kernelRelease;
  private final Map<Key, byte[]> compiled = new ConcurrentHashMap<>();

  private record Key(SeccompProfile profile, Set<String> capabilities) {}

  /**
   * @param kernelRelease such as {@code 6.1.0-13-amd64}; groups for newer kernels are left out
   */
  public SeccompFilters(Architecture architecture, String kernelRelease) {
    this.architectures = FilterArchitecture.of(architecture);
    this.kernelRelease = kernelRelease;
  }

  /**
   * Classic BPF instructions, eight bytes each.
   *
   * @param capabilities names of the bounding set, such as {@code CAP_CHOWN}
   * @return empty when everything is allowed
   * @throws IllegalArgumentException in a sentence, when the profile cannot be used
   */
  public Optional<byte[]> compile(SeccompProfile profile, Set<String> capabilities) {
    return switch (profile) {
      case SeccompProfile.Unconfined() -> Optional.empty();
      case SeccompProfile.Standard() -> Optional.of(cached(profile, capabilities));
      case SeccompProfile.Custom _ -> Optional.of(cached(profile, capabilities));
    };
  }

  /**
   * The profile as other runtimes take it: without groups for other machines or capabilities.
   *
   * @return empty when everything is allowed
   */
  public Optional<JsonObject> resolve(SeccompProfile profile, Set<String> capabilities) {
    return profile instanceof SeccompProfile.Unconfined
        ? Optional.empty()
        : Optional.of(reader(new Key(profile, Set.copyOf(capabilities))).resolved());
  }

  private ProfileReader reader(Key key) {
    return new ProfileReader(
        read(key.profile()), architectures.getFirst(), key.capabilities()::contains, kernelRelease);
  }

  private byte[] cached(SeccompProfile profile, Set<String> capabilities) {
    return compiled
        .computeIfAbsent(new Key(profile, Set.copyOf(capabilities)), this::compile)
        .clone();
  }

  private byte[] compile(Key key) {
    ProfileReader reader = reader(key);
    List<String> covered = reader.architectures();
    byte[] filter =
        new FilterCompiler(reader.verdicts(), reader.otherwise())
            .compile(
                architectures.stream()
                    .filter(
                        architecture ->
                            covered.isEmpty() || covered.contains(architecture.profileName()))
                    .toList());
    if (filter.length / Long.BYTES > MOST_INSTRUCTIONS) {
      throw new IllegalArgumentException(
          "the seccomp profile is too large: "
              + filter.length / Long.BYTES
              + " instructions where the kernel takes 4096; name fewer calls with arguments");
    }
    return filter;
  }

  private static JsonObject read(SeccompProfile profile) {
    return switch (profile) {
      case SeccompProfile.Standard() -> standard();
      case SeccompProfile.Unconfined() -> JsonObject.EMPTY;
      case SeccompProfile.Custom(String json) -> {
        try {
          yield Json.object(json);
        } catch (JsonException e) {
          throw new IllegalArgumentException(
              "the seccomp profile is not JSON: " + e.getMessage(), e);
        }
      }
    };
  }

  static JsonObject standard() {
    try (InputStream in = SeccompFilters.class.getResourceAsStream("standard.json")) {
      if (in == null) {
        throw new IllegalStateException("standard.json is missing from the engine's jar");
      }
      return Json.object(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
