package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.ImageStore;
import org.jspecify.annotations.Nullable;

/** Tells the checks of base images that are on this machine; none is asked for at a registry. */
final class LocalBases implements CheckRequest.Bases {
  private final ImageStore store;

  LocalBases(ImageStore store) {
    this.store = store;
  }

  @Override
  public CheckRequest.@Nullable Base find(String reference, String platform) {
    try {
      return store.byName(Reference.parse(reference).orLatest()).map(LocalBases::base).orElse(null);
    } catch (BadReferenceException e) {
      // The build tells of it.
      return null;
    }
  }

  private static CheckRequest.Base base(Image image) {
    String platform =
        image.architecture().isEmpty() ? Platform.host().toString() : Platform.of(image).toString();
    return CheckRequest.Base.of(image.config().env(), !image.config().shell().isEmpty(), platform);
  }
}
