package dev.jcompose.core.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * The way from the root to the value a phase is at; made into text only when a message needs it.
 */
public final class NodePath {
  private final List<Object> segments = new ArrayList<>();

  /** Goes down to a key. */
  public void push(String key) {
    segments.add(key);
  }

  /** Goes down to an item of a list. */
  public void push(int index) {
    segments.add(index);
  }

  /** Goes up. */
  public void pop() {
    segments.removeLast();
  }

  /** The dotted form: {@code services.web.ports[0]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Object segment : segments) {
      if (segment instanceof Integer index) {
        text.append('[').append(index).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(segment);
      }
    }
    return text.toString();
  }
}
