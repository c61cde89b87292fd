package dev.jcompose.core.project;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sha256 of a resource's configuration, by which a later run sees that it changed. Computed
 * when first asked for: most commands never ask.
 */
public final class ConfigHash {
  private final Supplier<String> parts;
  private @Nullable Supplier<String> source;
  private @Nullable String hex;

  private ConfigHash(
      @Nullable Supplier<String> source, @Nullable String hex, Supplier<String> parts) {
    this.source = source;
    this.hex = hex;
    this.parts = parts;
  }

  /** A hash that is already known: 64 lower-case hex digits. */
  public static ConfigHash of(String hex) {
    return new ConfigHash(null, hex, () -> "");
  }

  /** A hash that is computed at most once, when {@link #hex()} is first called. */
  public static ConfigHash lazy(Supplier<String> source) {
    return lazy(source, () -> "");
  }

  /**
   * The same for something whose attributes have hashes of their own.
   *
   * @param parts gives {@link #parts()}
   */
  public static ConfigHash lazy(Supplier<String> source, Supplier<String> parts) {
    return new ConfigHash(source, null, parts);
  }

  /** {@code NAME=HASH} for each attribute, with commas between; empty when nobody keeps them. */
  public String parts() {
    return parts.get();
  }

  /** 64 lower-case hex digits. */
  public synchronized String hex() {
    String known = hex;
    if (known == null) {
      Supplier<String> maker = source;
      if (maker == null) {
        throw new IllegalStateException("a hash has either a value or a source");
      }
      known = maker.get();
      hex = known;
      source = null;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfigHash hash && hash.hex().equals(hex());
  }

  @Override
  public int hashCode() {
    return hex().hashCode();
  }

  @Override
  public String toString() {
    return hex();
  }
}
