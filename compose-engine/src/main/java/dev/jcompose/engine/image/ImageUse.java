package dev.jcompose.engine.image;

import java.util.List;

/** Tells which containers stand on an image or mount it, so that it is not removed below them. */
@FunctionalInterface
public interface ImageUse {
  /** Nobody uses any image. */
  ImageUse NONE = id -> List.of();

  /** The containers that need the image of this id, in any state. */
  List<User> usersOf(String imageId);

  /**
   * One container.
   *
   * @param containerId full id
   * @param running whether its process lives
   */
  record User(String containerId, boolean running) {
    /** The first twelve digits of the id. */
    public String shortId() {
      return containerId.substring(0, Math.min(12, containerId.length()));
    }
  }
}
