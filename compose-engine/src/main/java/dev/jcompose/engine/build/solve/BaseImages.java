package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import org.jspecify.annotations.Nullable;

/** Finds the images builds stand on and copy from. */
public interface BaseImages {
  /**
   * An image, got from its registry when it is not here.
   *
   * @param platform what it has to be for; null for whatever suits this machine
   * @param fresh whether the registry is asked although it is here
   * @param logins what registries are shown
   */
  Image find(String reference, @Nullable Platform platform, boolean fresh, Credentials logins)
      throws ImageException, InterruptedException;

  /**
   * An image of an OCI image layout.
   *
   * @param layout {@code FOLDER[:TAG][@DIGEST]}
   */
  Image layout(String layout) throws ImageException;

  /** What the registry of a name is shown: of these logins, or of whoever started the engine. */
  Credential login(Reference reference, Credentials logins);

  /** How registries are talked to. */
  ImageTransfers transfers();
}
