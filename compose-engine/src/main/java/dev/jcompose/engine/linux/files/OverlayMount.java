package dev.jcompose.engine.linux.files;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Mounts overlays of as many layers as the kernel takes, which is 500. mount(2) takes options of
 * one page, and 46 paths of layers are longer than that; so the layers are named by their
 * descriptors' numbers, relative to {@code /proc/self/fd}. Called on a thread that has left the
 * engine's mount namespace, and with it the engine's working directory.
 */
public final class OverlayMount {
  private OverlayMount() {}

  /**
   * Lays directories over each other; nothing can be written to the result.
   *
   * @param topFirst at least two
   * @param target absolute
   */
  public static void readOnly(Kernel kernel, List<Path> topFirst, Path target) {
    mount(kernel, topFirst, List.of(), target, Abi.MS_RDONLY);
  }

  /**
   * Lays a writable directory over others.
   *
   * @param topFirst at least one
   * @param work an empty directory on the file system of {@code upper}
   * @param target absolute
   * @param flags of mount(2)
   */
  public static void writable(
      Kernel kernel, List<Path> topFirst, Path upper, Path work, Path target, long flags) {
    mount(kernel, topFirst, List.of(upper, work), target, flags);
  }

  private static void mount(
      Kernel kernel, List<Path> topFirst, List<Path> writable, Path target, long flags) {
    List<Integer> open = new ArrayList<>();
    try {
      for (Path layer : topFirst) {
        open.add(kernel.open(layer, Abi.O_PATH, 0));
      }
      String options =
          open.stream().map(Object::toString).collect(Collectors.joining(":", "lowerdir=", ""));
      if (!writable.isEmpty()) {
        int upper = kernel.open(writable.getFirst(), Abi.O_PATH, 0);
        open.add(upper);
        int work = kernel.open(writable.getLast(), Abi.O_PATH, 0);
        open.add(work);
        options += ",upperdir=" + upper + ",workdir=" + work;
      }
      kernel.changeDirectory("/proc/self/fd");
      kernel.mount("overlay", target.toString(), "overlay", flags, options);
      kernel.changeDirectory("/");
    } finally {
      open.forEach(kernel::close);
    }
  }
}
