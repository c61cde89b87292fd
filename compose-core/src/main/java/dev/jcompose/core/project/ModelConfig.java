package dev.jcompose.core.project;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that the Compose file declares at its top level.
 *
 * @param key the name services refer to it by
 * @param name the runner's name for it
 * @param model reference of the model
 * @param contextSize tokens of context; null for the runner's default
 * @param runtimeFlags flags for the runner
 */
public record ModelConfig(
    String key,
    String name,
    String model,
    @Nullable Integer contextSize,
    List<String> runtimeFlags) {
  /** Copies the list. */
  public ModelConfig {
    runtimeFlags = List.copyOf(runtimeFlags);
  }
}
