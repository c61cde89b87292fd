package dev.jcompose.engine.image.layer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The name of an archive member, cleaned: no leading slash, no empty, {@code .} or {@code ..}
 * components. The top directory itself is the empty path.
 *
 * @param directory components above the last one, joined by slashes; empty for the top
 * @param name last component; empty for the top directory itself
 */
record MemberPath(String directory, String name) {
  /** What the kernel takes as a path at most (PATH_MAX), and so what anybody can ever open. */
  private static final int LONGEST = 4096;

  /**
   * Cleans a name.
   *
   * @throws UnpackException when it leads out of the top or is longer than any path can be
   */
  static MemberPath of(String member) throws UnpackException {
    if (member.length() >= LONGEST) {
      throw new UnpackException(member, "a name of " + member.length() + " characters is too long");
    }
    Deque<String> clean = new ArrayDeque<>();
    for (String component : components(member)) {
      if (!component.equals("..")) {
        clean.addLast(component);
      } else if (clean.pollLast() == null) {
        throw new UnpackException(member, "this name leads out of the layer");
      }
    }
    String name = clean.isEmpty() ? "" : clean.removeLast();
    return new MemberPath(String.join("/", clean), name);
  }

  /** The components of a path, without empty ones and single dots. */
  static List<String> components(String path) {
    List<String> components = new ArrayList<>();
    int start = 0;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String component = path.substring(start, end);
      if (!component.isEmpty() && !component.equals(".")) {
        components.add(component);
      }
      start = end + 1;
    }
    return components;
  }

  boolean isTop() {
    return name.isEmpty();
  }

  /** The whole path. */
  String text() {
    return directory.isEmpty() ? name : directory + "/" + name;
  }
}
