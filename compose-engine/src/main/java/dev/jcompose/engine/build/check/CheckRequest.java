package dev.jcompose.engine.build.check;

import dev.jcompose.engine.build.ignore.IgnoreRules;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What checks look at besides the Dockerfile.
 *
 * @param arguments build arguments
 * @param platforms the automatic arguments, such as {@code TARGETPLATFORM}, with their values
 * @param contexts names of further contexts, which FROM may name
 * @param ignored what the context's ignore file leaves out
 * @param bases tells of base images
 */
public record CheckRequest(
    Map<String, String> arguments,
    Map<String, String> platforms,
    Set<String> contexts,
    IgnoreRules ignored,
    Bases bases) {
  /** Tells of base images. */
  @FunctionalInterface
  public interface Bases {
    /** None is known: nothing is said of variables that an image may set. */
    Bases UNKNOWN = (_, _) -> null;

    /**
     * An image.
     *
     * @param reference with its variables expanded
     * @param platform as FROM asks for it; empty for the usual one
     * @return null when it is not known
     */
    @Nullable Base find(String reference, String platform);
  }

  /**
   * A base image.
   *
   * @param environment its variables
   * @param hasShell whether it sets what runs shell forms
   * @param platform such as {@code linux/amd64}
   */
  public record Base(Map<String, String> environment, boolean hasShell, String platform) {
    public Base {
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * One whose variables are given as an image has them.
     *
     * @param environment {@code NAME=VALUE}
     */
    public static Base of(List<String> environment, boolean hasShell, String platform) {
      Map<String, String> variables = new LinkedHashMap<>();
      for (String entry : environment) {
        int equals = entry.indexOf('=');
        variables.put(
            equals < 0 ? entry : entry.substring(0, equals),
            equals < 0 ? "" : entry.substring(equals + 1));
      }
      return new Base(variables, hasShell, platform);
    }
  }

  public CheckRequest {
    arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
    contexts = Set.copyOf(contexts);
  }
}
