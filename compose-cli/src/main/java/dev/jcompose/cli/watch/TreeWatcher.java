package dev.jcompose.cli.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells of everything that changes below some roots, files or directories, there already or not.
 * The kernel watches single directories, so each is watched before it is listed: what appears in
 * between is told twice rather than never. What is known of each directory tells after an overflow
 * of the kernel's queue what was missed. Links are not followed, except a root that is one.
 */
final class TreeWatcher implements AutoCloseable {
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_MODIFY,
    StandardWatchEventKinds.ENTRY_DELETE
  };

  private final WatchService service;
  private final Consumer<Path> changed;
  private final Consumer<IOException> failed;
  private final Map<WatchKey, Path> directories = new HashMap<>();
  private final Map<Path, Map<Path, Stamp>> contents = new HashMap<>();
  private final Set<Path> registered = new HashSet<>();
  private final Set<Path> entered = new HashSet<>();
  private Set<Path> roots = Set.of();
  private Predicate<Path> skips = directory -> false;

  /** What tells one state of a file from another. */
  private record Stamp(boolean directory, FileTime time, long size, @Nullable Object key) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes facts =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Stamp(
          facts.isDirectory(), facts.lastModifiedTime(), facts.size(), facts.fileKey());
    }
  }

  /**
   * Starts without roots.
   *
   * @param changed hears of each path that was made, changed or taken away; of a directory that is
   *     taken away, alone
   * @param failed hears why a directory cannot be watched
   */
  TreeWatcher(Consumer<Path> changed, Consumer<IOException> failed) throws IOException {
    this.changed = changed;
    this.failed = failed;
    this.service = FileSystems.getDefault().newWatchService();
    Thread.ofPlatform().daemon().name("watch files").start(this::listen);
  }

  /**
   * Watches these from now on and nothing else.
   *
   * @param newRoots absolute paths
   * @param newSkips directories that nobody wants to hear of, asked for those below a root
   */
  synchronized void watch(Collection<Path> newRoots, Predicate<Path> newSkips) throws IOException {
    roots = new LinkedHashSet<>(newRoots);
    skips = newSkips;
    registered.clear();
    entered.clear();
    for (Path root : roots) {
      approach(root);
      if (Files.isDirectory(root)) {
        enter(root, false);
      }
    }
    Set<Path> needless = new HashSet<>(contents.keySet());
    needless.removeAll(registered);
    drop(needless::contains);
  }

  /** Watches the directory a root is in or is to be in, to hear when it comes and goes. */
  private void approach(Path root) throws IOException {
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      if (!Files.isDirectory(above)) {
        continue;
      }
      if (registered.contains(above)) {
        return;
      }
      try {
        register(above);
      } catch (NoSuchFileException | NotDirectoryException e) {
        // It has gone since; the one above it is still there, or goes too.
        continue;
      }
      Path next = above.resolve(root.getName(above.getNameCount()));
      if (!next.equals(root) && Files.isDirectory(next)) {
        // It came in between.
        approach(root);
      }
      return;
    }
  }

  private boolean isWatched(Path path) {
    return roots.stream().anyMatch(root -> path.startsWith(root));
  }

  private boolean isOnTheWay(Path directory) {
    return roots.stream().anyMatch(root -> root.startsWith(directory));
  }

  /** Watches a directory and all below it; tells of each file when it came just now. */
  private void enter(Path directory, boolean isNew) throws IOException {
    if (entered.contains(directory) || (!roots.contains(directory) && skips.test(directory))) {
      return;
    }
    try {
      register(directory);
      entered.add(directory);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It has gone already; its directory tells of that.
      return;
    }
    for (Map.Entry<Path, Stamp> child : known(directory).entrySet()) {
      if (isNew) {
        tell(child.getKey());
      }
      if (child.getValue().directory()) {
        enter(child.getKey(), isNew);
      }
    }
  }

  /** Watches one directory, then notes what is in it, and tells how it differs from before. */
  private void register(Path directory) throws IOException {
    directories.put(directory.register(service, KINDS), directory);
    Map<Path, Stamp> now = isWatched(directory) ? list(directory) : new HashMap<>();
    Map<Path, Stamp> before = contents.put(directory, now);
    registered.add(directory);
    if (before != null && !before.isEmpty()) {
      different(before, now).forEach(this::tell);
    }
  }

  private static Set<Path> different(Map<Path, Stamp> before, Map<Path, Stamp> now) {
    Set<Path> either = new HashSet<>(before.keySet());
    either.addAll(now.keySet());
    either.removeIf(path -> Objects.equals(before.get(path), now.get(path)));
    return either;
  }

  private Map<Path, Stamp> known(Path directory) {
    return Map.copyOf(contents.getOrDefault(directory, Map.of()));
  }

  private static Map<Path, Stamp> list(Path directory) throws IOException {
    Map<Path, Stamp> found = new HashMap<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        try {
          found.put(child, Stamp.of(child));
        } catch (NoSuchFileException e) {
          // It has gone; there will be an event.
        }
      }
    }
    return found;
  }

  private void listen() {
    try {
      while (true) {
        take(service.take());
      }
    } catch (ClosedWatchServiceException e) {
      // The end of it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take(WatchKey key) {
    Path directory = directories.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (directory == null) {
        continue;
      }
      try {
        if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
          rescan(directory);
        } else if (event.context() instanceof Path name) {
          notice(directory, directory.resolve(name));
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // It has gone; its directory tells of that.
      } catch (IOException e) {
        failed.accept(e);
      }
    }
    if (!key.reset() && directory != null) {
      directories.remove(key);
      lost(directory);
    }
  }

  /** Looks at one entry of a directory; how it is now counts, not what the event said. */
  private void notice(Path directory, Path path) throws IOException {
    Map<Path, Stamp> known = contents.get(directory);
    if (known == null) {
      return;
    }
    Stamp now = null;
    try {
      now = Stamp.of(path);
    } catch (NoSuchFileException e) {
      // Taken away.
    }
    boolean isDirectory = now != null && (now.directory() || isLinkedRoot(path));
    Stamp before = known.get(path);
    boolean another = before != null && isAnother(before, now);
    if (contents.containsKey(path) && (!isDirectory || another)) {
      forget(path);
    }
    if (now == null) {
      known.remove(path);
    } else if (isWatched(directory)) {
      known.put(path, now);
    }
    tell(path);
    if (isDirectory) {
      if (isWatched(path)) {
        enter(path, true);
      } else if (isOnTheWay(path)) {
        come(path);
      }
    }
  }

  private boolean isLinkedRoot(Path path) {
    return roots.contains(path) && Files.isDirectory(path);
  }

  private static boolean isAnother(Stamp before, @Nullable Stamp now) {
    return now == null || !Objects.equals(before.key(), now.key());
  }

  /** A directory above roots that were not there; they may have come with it. */
  private void come(Path above) throws IOException {
    for (Path root : roots) {
      if (root.startsWith(above)) {
        approach(root);
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
          tell(root);
        }
        if (Files.isDirectory(root)) {
          enter(root, true);
        }
      }
    }
  }

  /** Finds out what the events that were dropped would have told. */
  private void rescan(Path directory) throws IOException {
    if (!isWatched(directory)) {
      come(directory);
      for (Path root : roots) {
        if (directory.equals(root.getParent())) {
          tell(root);
        }
      }
      return;
    }
    for (Path path : different(known(directory), list(directory))) {
      notice(directory, path);
    }
  }

  /** A directory that was watched is not there any more. */
  private void lost(Path directory) {
    forget(directory);
    for (Path root : roots) {
      if (root.startsWith(directory)) {
        try {
          approach(root);
        } catch (IOException e) {
          failed.accept(e);
        }
      }
    }
  }

  private void forget(Path path) {
    drop(directory -> directory.startsWith(path));
  }

  private void drop(Predicate<Path> which) {
    entered.removeIf(which);
    registered.removeIf(which);
    if (contents.keySet().removeIf(which)) {
      directories
          .entrySet()
          .removeIf(
              entry -> {
                if (which.test(entry.getValue())) {
                  entry.getKey().cancel();
                  return true;
                }
                return false;
              });
    }
  }

  private void tell(Path path) {
    if (isWatched(path)) {
      changed.accept(path);
    }
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      // Nothing depends on it any more.
    }
  }
}
