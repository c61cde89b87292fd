package dev.jcompose.core.adapter.build;

import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.image.ImageInspect;
import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.image.oci.Platform;
import org.jspecify.annotations.Nullable;

/** Tells the checks of base images that the engine has; none is asked for at a registry. */
record EngineBases(EngineClient client) implements CheckRequest.Bases {
  @Override
  public CheckRequest.@Nullable Base find(String reference, String platform) {
    if (reference.isBlank()) {
      return null;
    }
    try {
      ImageInspect image = client.images().inspect(reference);
      return CheckRequest.Base.of(
          image.config().strings("Env"),
          !image.config().strings("Shell").isEmpty(),
          new Platform(image.os(), image.architecture(), image.variant()).toString());
    } catch (ApiException absent) {
      // The build pulls it, or tells of it.
      return null;
    }
  }
}
