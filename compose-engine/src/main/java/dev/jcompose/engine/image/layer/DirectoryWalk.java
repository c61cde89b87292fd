package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.TreeRemoval;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens directories below a top directory. The kernel never follows a symbolic link here: this
 * class reads its text and goes on below the same top, as the link would be read inside a
 * container. Opened directories are remembered, since archives bring their members directory by
 * directory.
 */
final class DirectoryWalk implements AutoCloseable {
  /** There is no such directory. */
  static final int ABSENT = -1;

  private static final int MOST_LINKS = 40;
  private static final int MOST_OPEN = 256;
  private static final int DEEPEST = 2048;
  private static final int PLAIN = 0755;

  private final FileCalls calls;
  private final int top;
  private final Map<String, Integer> open = new HashMap<>();
  private final List<Integer> lingering = new ArrayList<>();
  private final Set<String> implied = new HashSet<>();

  DirectoryWalk(FileCalls calls, int top) {
    this.calls = calls;
    this.top = top;
  }

  /** Directories that were made because something had to be put into them. */
  Set<String> implied() {
    return implied;
  }

  /** Closes what is not needed any more; descriptors handed out before are then void. */
  void makeRoom() {
    if (open.size() > MOST_OPEN) {
      forget();
    }
    lingering.forEach(calls::close);
    lingering.clear();
  }

  /**
   * A descriptor of a directory, valid until {@link #makeRoom}.
   *
   * @param make whether to make what is missing
   * @return {@link #ABSENT} when it is missing and not made
   * @throws UnpackException when something on the way is no directory
   */
  int directory(String path, boolean make) throws UnpackException {
    if (path.isEmpty()) {
      return top;
    }
    Integer known = open.get(path);
    if (known != null) {
      return known;
    }
    int slash = path.lastIndexOf('/');
    int parent = directory(slash < 0 ? "" : path.substring(0, slash), make);
    if (parent == ABSENT) {
      return ABSENT;
    }
    int found = child(parent, path.substring(slash + 1), path, make);
    if (found != ABSENT) {
      open.put(path, found);
    }
    return found;
  }

  private int child(int parent, String name, String path, boolean make) throws UnpackException {
    try {
      return calls.openDirectory(parent, name);
    } catch (KernelException e) {
      if (e.errno().equals(Errno.ENOENT)) {
        return make ? imply(parent, name, path) : ABSENT;
      }
      FileFacts facts = calls.facts(parent, name);
      if (facts != null && facts.isSymlink()) {
        return throughLinks(path, make);
      }
      if (facts != null && Whiteouts.isWhiteout(facts) && make) {
        calls.remove(parent, name);
        int made = imply(parent, name, path);
        Whiteouts.makeOpaque(calls, parent, name);
        return made;
      }
      if (e.errno().equals(Errno.ENOTDIR)) {
        throw new UnpackException(path, "something is to be put into it, but it is no directory");
      }
      throw e;
    }
  }

  private int imply(int parent, String name, String path) {
    calls.makeDirectory(parent, name, PLAIN);
    implied.add(path);
    return calls.openDirectory(parent, name);
  }

  /** Goes the whole way from the top, one component at a time, reading links as it meets them. */
  private int throughLinks(String path, boolean make) throws UnpackException {
    Deque<String> rest = new ArrayDeque<>(MemberPath.components(path));
    List<Integer> way = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int links = 0;
    try {
      while (!rest.isEmpty()) {
        String name = rest.removeFirst();
        int at = way.isEmpty() ? top : way.getLast();
        if (name.equals("..")) {
          if (!way.isEmpty()) {
            calls.close(way.removeLast());
            names.removeLast();
          }
          continue;
        }
        FileFacts facts = calls.facts(at, name);
        if (facts != null && facts.isSymlink()) {
          if (++links > MOST_LINKS) {
            throw new UnpackException(path, "more than " + MOST_LINKS + " symbolic links");
          }
          String target = calls.readSymlink(at, name);
          if (target.startsWith("/")) {
            way.forEach(calls::close);
            way.clear();
            names.clear();
          }
          MemberPath.components(target).reversed().forEach(rest::addFirst);
          continue;
        }
        if (facts == null && !make) {
          return ABSENT;
        }
        if (way.size() >= DEEPEST) {
          throw new UnpackException(path, "more than " + DEEPEST + " directories deep");
        }
        names.add(name);
        way.add(child(at, name, String.join("/", names), make));
      }
      return way.isEmpty() ? calls.openDirectory(top, ".") : way.removeLast();
    } finally {
      way.forEach(calls::close);
    }
  }

  /** Removes whatever has this name, with all that is in it. */
  void remove(int directory, String name) {
    FileFacts facts = calls.facts(directory, name);
    if (facts == null) {
      return;
    }
    if (facts.isDirectory() || facts.isSymlink()) {
      // A remembered path may have led through it.
      forget();
    }
    TreeRemoval.remove(calls, directory, name);
  }

  /** What was handed out stays open until there is room to be made. */
  private void forget() {
    lingering.addAll(open.values());
    open.clear();
  }

  @Override
  public void close() {
    forget();
    makeRoom();
  }
}
