package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A device node of the host.
 *
 * @param type {@code b} or {@code c}
 * @param mode permission bits
 */
record DeviceFile(Path path, char type, int major, int minor, int mode, int uid, int gid) {
  /**
   * The device at a path.
   *
   * @throws EngineException.InvalidRequest when there is none
   */
  static DeviceFile of(Path path) {
    return at(path)
        .orElseThrow(
            () ->
                new EngineException.InvalidRequest(
                    "error gathering device information while adding custom device \""
                        + path
                        + "\": there is no such device on this machine"));
  }

  /** The devices at or below a path: Docker allows a directory of devices to be mapped. */
  static List<DeviceFile> below(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(of(path));
    }
    List<DeviceFile> devices = new ArrayList<>();
    try (Stream<Path> all = Files.walk(path)) {
      all.sorted().forEach(each -> at(each).ifPresent(devices::add));
    } catch (IOException e) {
      throw new EngineException.Failed("cannot look through " + path, e);
    }
    return devices;
  }

  private static Optional<DeviceFile> at(Path path) {
    try {
      int mode = number(path, "mode");
      long device = (Long) Files.getAttribute(path, "unix:rdev");
      char type =
          switch (mode & 0170000) {
            case 0020000 -> 'c';
            case 0060000 -> 'b';
            default -> '?';
          };
      if (type == '?') {
        return Optional.empty();
      }
      // glibc's layout of a device number, gnu_dev_makedev(3).
      int major = (int) (((device >>> 8) & 0xfff) | ((device >>> 32) & ~0xfffL));
      int minor = (int) ((device & 0xff) | ((device >>> 12) & ~0xffL));
      return Optional.of(
          new DeviceFile(
              path, type, major, minor, mode & 07777, number(path, "uid"), number(path, "gid")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static int number(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:" + attribute);
  }
}
