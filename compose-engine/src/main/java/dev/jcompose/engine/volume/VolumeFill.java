package dev.jcompose.engine.volume;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.files.OverlayMount;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/**
 * Copies what an image has at a path into a volume that is still empty, with owners, modes and
 * times, as Docker does on a volume's first use.
 */
public final class VolumeFill {
  private final Kernel kernel;
  private final Map<Path, Object> locks = new ConcurrentHashMap<>();

  public VolumeFill(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Fills a volume unless it has something in it. Two containers that share a new volume fill it
   * once.
   *
   * @param volume directory of the volume
   * @param layers the image's layers, lowest first
   * @param path in the image, free of symbolic links
   * @param scratch an empty directory to mount over, seen by nobody else
   * @throws EngineException.Failed when copying fails
   */
  public void fill(Path volume, List<Path> layers, String path, Path scratch) {
    synchronized (locks.computeIfAbsent(volume, key -> new Object())) {
      if (!isEmpty(volume)) {
        return;
      }
      try {
        if (layers.size() == 1) {
          copy(layers.getFirst().resolve(path.substring(1)), volume);
        } else {
          inOwnMountNamespace(() -> copyFromOverlay(volume, layers, path, scratch));
        }
      } catch (IOException e) {
        throw new EngineException.Failed(
            "could not fill volume " + volume + " from the image: " + e.getMessage(), e);
      }
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    } catch (IOException e) {
      throw new EngineException.Failed("cannot read volume " + directory, e);
    }
  }

  private void copyFromOverlay(Path volume, List<Path> layers, String path, Path scratch)
      throws IOException {
    kernel.unshare(Abi.CLONE_NEWNS);
    kernel.mount(null, "/", null, Abi.MS_REC | Abi.MS_PRIVATE, null);
    OverlayMount.readOnly(kernel, layers.reversed(), scratch);
    copy(scratch.resolve(path.substring(1)), volume);
  }

  private interface Work {
    void run() throws IOException;
  }

  // A thread of its own: it leaves the engine's mount namespace and takes the mount with it.
  private static void inOwnMountNamespace(Work work) throws IOException {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              work.run();
              return null;
            });
    Thread.ofPlatform().name("volume-fill").daemon().start(task);
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Path target = to.resolve(from.relativize(dir));
            if (!target.equals(to)) {
              Files.createDirectories(target);
            }
            copyOwnerAndMode(dir, target);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file)),
                StandardCopyOption.COPY_ATTRIBUTES,
                LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  // The plain POSIX view has no sticky and setgid bits.
  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    Map<String, Object> source =
        Files.readAttributes(from, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
    for (String name : List.of("uid", "gid", "mode")) {
      Files.setAttribute(to, "unix:" + name, source.get(name));
    }
  }
}
