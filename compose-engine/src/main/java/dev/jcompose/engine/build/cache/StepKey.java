package dev.jcompose.engine.build.cache;

import dev.jcompose.engine.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Names a build step by all that its result depends on: the layers below, what is done, and the
 * content that goes in. Two builds with the same key get the same layer.
 */
public final class StepKey {
  private final MessageDigest sum = Digest.sha256();

  private StepKey(String kind) {
    with(kind);
  }

  /**
   * Begins a key.
   *
   * @param kind of step, such as {@code RUN}
   * @param below chain id of the layers the step stands on; null for none
   */
  public static StepKey of(String kind, @Nullable Digest below) {
    return new StepKey(kind).with(below == null ? "" : below.hex());
  }

  /** Adds one part; parts are kept apart, so two texts are not the same as both in one. */
  public StepKey with(String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    sum.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    sum.update(bytes);
    return this;
  }

  /** Adds a list of parts, which is not the same as the parts one by one. */
  public StepKey with(Collection<String> parts) {
    sum.update(("[" + parts.size()).getBytes(StandardCharsets.US_ASCII));
    parts.forEach(this::with);
    return this;
  }

  /** The key; nothing can be added afterwards. */
  public Digest finish() {
    return Digest.of(sum);
  }
}
