package dev.jcompose.engine.build.solve;

import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;

/** Finds the images builds stand on and copy from. */
@FunctionalInterface
public interface BaseImages {
  /**
   * An image, got from its registry when it is not here.
   *
   * @param fresh whether the registry is asked although it is here
   * @param logins what registries are shown
   */
  Image find(String reference, boolean fresh, Credentials logins)
      throws ImageException, InterruptedException;
}
