package dev.jcompose.core.attribute;

/** Takes the lines of the table under a common prefix. */
final class Rows {
  private final Attribute root;
  private final String prefix;

  Rows(Attribute root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  Rows below(String path) {
    return new Rows(root, prefix.isEmpty() ? path : prefix + "." + path);
  }

  /** One line of the items of the prefix: {@code []} or {@code [].key}. */
  Attribute rowBelow(String items, Type type, String sentence) {
    return new Rows(root, "").row(prefix + items, type, sentence);
  }

  /** One line. The line of the attribute above comes first. */
  Attribute row(String path, Type type, String sentence) {
    String full = prefix.isEmpty() ? path : path.isEmpty() ? prefix : prefix + "." + path;
    Attribute attribute = new Attribute(full, type, sentence);
    Attribute parent = root;
    int start = 0;
    while (true) {
      int end = start;
      while (end < full.length() && full.charAt(end) != '.' && full.charAt(end) != '[') {
        end++;
      }
      // A segment is a key, or [] for the items of a list.
      String segment;
      if (end == start) {
        segment = "[]";
        end = start + 2;
      } else {
        segment = full.substring(start, end);
      }
      if (end >= full.length()) {
        parent.addChild(segment, attribute);
        return attribute;
      }
      Attribute next = parent.exactly(segment);
      if (next == null) {
        throw new IllegalStateException(full + " comes before the line of what it is part of");
      }
      parent = next;
      start = full.charAt(end) == '.' ? end + 1 : end;
    }
  }
}
