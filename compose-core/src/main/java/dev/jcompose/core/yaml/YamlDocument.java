package dev.jcompose.core.yaml;

import java.util.List;

/**
 * One document of a file.
 *
 * @param root its top-level map; empty for an empty document
 * @param removals what {@code !reset} and {@code !override} say about earlier documents
 */
public record YamlDocument(YamlMap root, List<Removal> removals) {
  /** Copies the list. */
  public YamlDocument {
    removals = List.copyOf(removals);
  }

  /** Keys and items such as {@code [0]} as a dotted path. */
  static String joined(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String segment : path) {
      text.append(text.isEmpty() || segment.startsWith("[") ? "" : ".").append(segment);
    }
    return text.toString();
  }

  /**
   * A value of earlier documents that goes away.
   *
   * @param path keys from the root; {@code [0]} for an item of a list
   * @param origin where the tag stands
   * @param tag {@code !reset} or {@code !override}
   */
  public record Removal(List<String> path, Origin origin, String tag) {
    /** Copies the path. */
    public Removal {
      path = List.copyOf(path);
    }

    /** The path as text. */
    public String attribute() {
      return joined(path);
    }

    /** Whether it stands at an item of a list, where nothing can be taken away. */
    public boolean isOfItem() {
      return path.getLast().startsWith("[");
    }
  }
}
