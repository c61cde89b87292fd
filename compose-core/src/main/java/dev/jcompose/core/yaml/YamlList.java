package dev.jcompose.core.yaml;

import java.util.ArrayList;
import java.util.Iterator;

/** A list of values, changed in place by the phases. */
public final class YamlList implements YamlNode, Iterable<YamlNode> {
  private final ArrayList<YamlNode> items = new ArrayList<>();
  private final Origin origin;

  /** An empty list. */
  public YamlList(Origin origin) {
    this.origin = origin;
  }

  /** How many. */
  public int size() {
    return items.size();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return items.isEmpty();
  }

  /** The value at an index from 0. */
  public YamlNode get(int index) {
    return items.get(index);
  }

  /** Appends a value. */
  public void add(YamlNode node) {
    items.add(node);
  }

  /** Replaces the value at an index. */
  public void set(int index, YamlNode node) {
    items.set(index, node);
  }

  /** Removes the value at an index. */
  public void remove(int index) {
    items.remove(index);
  }

  /** Removes all values. */
  public void clear() {
    items.clear();
  }

  @Override
  public Iterator<YamlNode> iterator() {
    return items.iterator();
  }

  /** The same values with another story. */
  public YamlList with(Origin other) {
    YamlList list = new YamlList(other);
    list.items.addAll(items);
    return list;
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public YamlList copy() {
    YamlList copy = new YamlList(origin);
    copy.items.ensureCapacity(items.size());
    for (YamlNode item : items) {
      copy.items.add(item.copy());
    }
    return copy;
  }

  @Override
  public String kind() {
    return "a list";
  }

  @Override
  public String toString() {
    return items.toString();
  }
}
