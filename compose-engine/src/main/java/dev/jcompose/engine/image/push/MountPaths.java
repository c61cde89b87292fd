package dev.jcompose.engine.image.push;

import java.util.List;

/** Which repositories a registry can take a blob over from instead of having it sent. */
final class MountPaths {
  /** Asking costs a request each, and most layers are in few places. */
  private static final int MOST = 3;

  private MountPaths() {}

  /**
   * The paths of repositories at the target's registry; none that a registry would refuse.
   *
   * @param repositories full names of those that have the blob, latest first
   * @param target full name of the repository it is for
   */
  static List<String> of(List<String> repositories, String target) {
    String domain = target.substring(0, target.indexOf('/') + 1);
    return repositories.stream()
        .filter(name -> name.startsWith(domain) && !name.equals(target))
        .map(name -> name.substring(domain.length()))
        .limit(MOST)
        .toList();
  }
}
