package dev.jcompose.engine.container.files;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * The files of a container below a descriptor of its root. Every path is resolved by the kernel
 * with {@code RESOLVE_IN_ROOT}, every directory is held by descriptor, and last components are
 * never followed: whatever the container does to its links meanwhile, nothing outside is reached
 * (CVE-2018-15664 and its kin).
 */
final class ContainerTree {
  private static final int O_DIRECTORY = 0200000;

  /** As many as the kernel follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  final Kernel kernel;
  final FileCalls calls;
  private final int root;

  ContainerTree(Kernel kernel, FileCalls calls, int root) {
    this.kernel = kernel;
    this.calls = calls;
    this.root = root;
  }

  /**
   * A name in a directory of the container. The directory's descriptor is closed with it.
   *
   * @param name {@code .} when the path names the directory itself
   */
  record Place(ContainerTree tree, int directory, String name) implements AutoCloseable {
    @Nullable FileFacts facts() {
      return tree.calls.facts(directory, name);
    }

    @Override
    public void close() {
      tree.calls.close(directory);
    }
  }

  /**
   * Where a path leads; its last component is not followed unless a slash or {@code /.} comes
   * after.
   *
   * @throws EngineException.NotFound when its parent is not there
   */
  Place place(String path) {
    String plain = path.replaceAll("/+", "/");
    int slash = plain.lastIndexOf('/');
    String last = plain.substring(slash + 1);
    if (last.isEmpty() || last.equals(".") || last.equals("..")) {
      return new Place(this, directory(plain), ".");
    }
    return new Place(this, directory(slash <= 0 ? "/" : plain.substring(0, slash)), last);
  }

  /**
   * Where a path leads in the end when it is a symbolic link: an absolute path of the container.
   */
  String behindLinks(String path) {
    String at = path;
    for (int followed = 0; followed < MOST_LINKS; followed++) {
      try (Place place = place(at)) {
        FileFacts facts = place.facts();
        if (facts == null || !facts.isSymlink()) {
          return at;
        }
        String target = calls.readSymlink(place.directory(), place.name());
        at = target.startsWith("/") ? target : at.substring(0, at.lastIndexOf('/') + 1) + target;
      } catch (EngineException.NotFound dangling) {
        return at;
      }
    }
    return at;
  }

  /**
   * Opens a directory, links followed inside the root.
   *
   * @throws EngineException.NotFound when it is not there
   * @throws EngineException.InvalidRequest when it is no directory
   */
  int directory(String path) {
    try {
      return openDirectory(path);
    } catch (KernelException e) {
      if (e.errno().equals(Errno.ENOTDIR)) {
        throw new EngineException.InvalidRequest("extraction point is not a directory: " + path);
      }
      throw new EngineException.NotFound(
          "Could not find the file " + path + ": " + e.errno().words());
    }
  }

  /** The same, making what is missing of the path. */
  int directoryMade(String path) {
    try {
      return openDirectory(path);
    } catch (KernelException e) {
      int slash = path.lastIndexOf('/');
      if (!e.errno().equals(Errno.ENOENT) || slash < 0) {
        throw e;
      }
      int parent = directoryMade(path.substring(0, slash));
      try {
        calls.makeDirectory(parent, path.substring(slash + 1), 0755);
      } finally {
        calls.close(parent);
      }
      return openDirectory(path);
    }
  }

  /** A descriptor that stands for whatever a path leads to. */
  int openPath(String path) {
    return kernel.openBelow(root, path, Abi.O_PATH, 0, Abi.RESOLVE_IN_ROOT);
  }

  private int openDirectory(String path) {
    return kernel.openBelow(
        root, path.isEmpty() ? "/" : path, Abi.O_RDONLY | O_DIRECTORY, 0, Abi.RESOLVE_IN_ROOT);
  }
}
