package dev.jcompose.engine.container.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Files of a container as they look through its layers, without mounting them. Symbolic links are
 * followed inside the layers and never leave them.
 */
public final class LayeredFiles {
  private static final int MOST_LINKS = 40;

  private final List<Path> layers;

  /**
   * Looks through layers.
   *
   * @param topFirst directories that lie over each other, the uppermost first
   */
  public LayeredFiles(List<Path> topFirst) {
    this.layers = List.copyOf(topFirst);
  }

  /**
   * A file or directory found.
   *
   * @param onHost where the uppermost of it lies; for a directory others may lie below
   * @param inContainer its path without links, absolute
   */
  public record Found(Path onHost, String inContainer) {}

  /** Finds an absolute path; empty when there is nothing, or links go round in circles. */
  public Optional<Found> find(String path) {
    return find(path, false);
  }

  /**
   * Finds a path as in a directory of a host: nothing where a link on the way is absolute or climbs
   * above the layers.
   */
  Optional<Found> findBelow(String path) {
    return find(path, true);
  }

  private Optional<Found> find(String path, boolean below) {
    Deque<String> todo = new ArrayDeque<>(Arrays.asList(path.split("/")));
    Deque<String> done = new ArrayDeque<>();
    int links = 0;
    while (!todo.isEmpty()) {
      String next = todo.removeFirst();
      if (next.isEmpty() || next.equals(".")) {
        continue;
      }
      if (next.equals("..")) {
        if (done.pollLast() == null && below) {
          return Optional.empty();
        }
        continue;
      }
      done.addLast(next);
      Optional<Path> here = uppermost(done);
      if (here.isEmpty()) {
        return Optional.empty();
      }
      if (Files.isSymbolicLink(here.get())) {
        if (++links > MOST_LINKS) {
          return Optional.empty();
        }
        done.removeLast();
        String target = linkTarget(here.get());
        if (target.startsWith("/")) {
          if (below) {
            return Optional.empty();
          }
          done.clear();
        }
        List<String> parts = Arrays.asList(target.split("/"));
        for (int i = parts.size() - 1; i >= 0; i--) {
          todo.addFirst(parts.get(i));
        }
      }
    }
    return uppermost(done).map(onHost -> new Found(onHost, "/" + String.join("/", done)));
  }

  private Optional<Path> uppermost(Deque<String> parts) {
    String relative = String.join("/", parts);
    for (Path layer : layers) {
      Path candidate = layer.resolve(relative);
      if (Files.exists(candidate, LinkOption.NOFOLLOW_LINKS)) {
        return isWhiteout(candidate) ? Optional.empty() : Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  // Overlay marks a removed file by a character device with number 0:0.
  private static boolean isWhiteout(Path path) {
    try {
      return Files.readAttributes(path, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS).get("rdev")
              instanceof Long device
          && device == 0
          && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
          && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          && !Files.isSymbolicLink(path)
          && isCharacterDevice(path);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isCharacterDevice(Path path) throws IOException {
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & 0170000) == 0020000;
  }

  private static String linkTarget(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** The lines of a text file; none when there is no such file. */
  List<String> lines(String path) {
    Optional<Found> found = find(path);
    if (found.isEmpty() || !Files.isRegularFile(found.get().onHost(), LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try {
      return Files.readString(found.get().onHost(), java.nio.charset.StandardCharsets.ISO_8859_1)
          .lines()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
