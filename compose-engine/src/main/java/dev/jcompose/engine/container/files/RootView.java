package dev.jcompose.engine.container.files;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.launch.ImageTree;
import dev.jcompose.engine.container.launch.VolumePart;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.OverlayMount;
import dev.jcompose.engine.state.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives access to the root of a container as the container sees it, volumes included. */
final class RootView {
  private final Kernel kernel;
  private final FileCalls calls;

  RootView(Kernel kernel, FileCalls calls) {
    this.kernel = kernel;
    this.calls = calls;
  }

  /** What is done with the files. */
  @FunctionalInterface
  interface Work<T> {
    T with(ContainerTree tree) throws IOException;
  }

  /** Works in the root of a running container, through its first process. */
  <T> T ofProcess(int pid, Work<T> work) throws IOException {
    return in(Path.of("/proc", Integer.toString(pid), "root"), work);
  }

  /** Works in a directory of the engine's own. */
  <T> T in(Path directory, Work<T> work) throws IOException {
    int root = calls.openDirectory(directory);
    try {
      return work.with(new ContainerTree(kernel, calls, root));
    } finally {
      calls.close(root);
    }
  }

  /**
   * Works in the root of a container that does not run: its file systems are mounted where nobody
   * else sees them, by a thread that takes them along when it ends.
   *
   * @param layers the image's, lowest first
   * @param images what it mounts of other images, by target
   */
  <T> T mounted(
      ContainerRecord container,
      ContainerPaths paths,
      List<Path> layers,
      Map<String, ImageTree> images,
      Work<T> work)
      throws IOException {
    return apart(
        () -> {
          mount(container, paths, layers, images);
          return in(paths.merged(), work);
        });
  }

  /**
   * Works in directories that lie over each other, without writing to them; a container may have
   * them mounted at the same time.
   *
   * @param topFirst at least one
   * @param mountPoint an existing directory, used only where nobody else sees it
   */
  <T> T layered(List<Path> topFirst, Path mountPoint, Work<T> work) throws IOException {
    if (topFirst.size() == 1) {
      return in(topFirst.getFirst(), work);
    }
    return apart(
        () -> {
          ownMounts();
          OverlayMount.readOnly(kernel, topFirst, mountPoint);
          return in(mountPoint, work);
        });
  }

  /** On a thread of its own, whose mounts nobody else sees and that takes them along. */
  private static <T> T apart(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread.ofPlatform().name("container-files").daemon().start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IOException(String.valueOf(e.getCause()), e.getCause());
      }
    }
  }

  private void ownMounts() {
    kernel.unshare(Abi.CLONE_NEWNS);
    kernel.mount(null, "/", null, Abi.MS_REC | Abi.MS_PRIVATE, null);
  }

  private void mount(
      ContainerRecord container,
      ContainerPaths paths,
      List<Path> layers,
      Map<String, ImageTree> images)
      throws IOException {
    for (Path directory : List.of(paths.upper(), paths.work(), paths.merged())) {
      Files.createDirectories(directory);
    }
    ownMounts();
    for (ImageTree image : images.values()) {
      OverlayMount.readOnly(kernel, image.topFirst(), image.place());
    }
    OverlayMount.writable(
        kernel,
        layers.reversed(),
        paths.upper(),
        paths.work(),
        paths.merged(),
        isReadOnly(container) ? Abi.MS_RDONLY : 0);
    in(
        paths.merged(),
        tree -> {
          container.mounts().stream()
              .sorted(Comparator.comparing(MountPoint::destination))
              .forEach(point -> mount(tree, point, source(point, images)));
          return "";
        });
  }

  /** Until its first start a client may still put into it what it is to find there. */
  private static boolean isReadOnly(ContainerRecord container) {
    return container.spec().isolation().readOnlyRoot() && container.state().startedAt() != null;
  }

  private static @Nullable Path source(MountPoint point, Map<String, ImageTree> images) {
    return switch (point.kind()) {
      case BIND -> Path.of(point.source());
      case VOLUME -> VolumePart.of(Path.of(point.source()), point.subpath());
      case TMPFS -> null;
      case IMAGE -> {
        ImageTree image = Objects.requireNonNull(images.get(point.destination()));
        yield Path.of(image.place() + image.path());
      }
    };
  }

  private void mount(ContainerTree tree, MountPoint point, @Nullable Path source) {
    if (source == null || !Files.exists(source)) {
      return;
    }
    try {
      makeTarget(tree, point.destination(), Files.isDirectory(source));
      onPath(
          tree,
          point.destination(),
          target -> kernel.mount(source.toString(), target, null, Abi.MS_BIND | Abi.MS_REC, null));
      if (!point.writable()) {
        // Opened anew: the descriptor of before is of what the mount covers now.
        onPath(
            tree,
            point.destination(),
            target ->
                kernel.mount(
                    null, target, null, Abi.MS_BIND | Abi.MS_REMOUNT | Abi.MS_RDONLY, null));
      }
    } catch (KernelException e) {
      throw new EngineException.Failed(
          "could not mount " + point.destination() + ": " + e.getMessage(), e);
    }
  }

  private void makeTarget(ContainerTree tree, String target, boolean directory) {
    int slash = target.lastIndexOf('/');
    int above = tree.directoryMade(directory ? target : target.substring(0, slash));
    try {
      String name = target.substring(slash + 1);
      if (!directory && calls.facts(above, name) == null) {
        calls.close(calls.createFile(above, name, 0644));
      }
    } finally {
      calls.close(above);
    }
  }

  private void onPath(ContainerTree tree, String path, Consumer<String> work) {
    int target = tree.openPath(path);
    try {
      work.accept("/proc/thread-self/fd/" + target);
    } finally {
      calls.close(target);
    }
  }
}
