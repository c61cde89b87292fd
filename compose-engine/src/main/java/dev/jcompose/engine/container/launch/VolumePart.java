package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;

/** Finds what of a volume a container has mounted. */
public final class VolumePart {
  private VolumePart() {}

  /**
   * The directory or file at a relative path of a volume.
   *
   * @param subpath empty for all of the volume
   * @throws EngineException.InvalidRequest when nothing is there, or it leads out of the volume
   */
  public static Path of(Path volume, String subpath) {
    if (subpath.isEmpty()) {
      return volume;
    }
    try {
      Path real = volume.toRealPath();
      Path found = real.resolve(subpath).toRealPath();
      if (found.startsWith(real)) {
        return found;
      }
    } catch (IOException e) {
      // answered below, like a path that leads out of the volume
    }
    throw new EngineException.InvalidRequest(
        "cannot access path " + volume.resolve(subpath) + ": no such path inside the volume");
  }
}
