package dev.jcompose.core.yaml;

import dev.jcompose.core.problem.Location;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values by key in the order of the file, changed in place by the phases. */
public final class YamlMap implements YamlNode, Iterable<YamlMap.Entry> {
  private final LinkedHashMap<String, Entry> entries = new LinkedHashMap<>();
  private final Origin origin;

  /**
   * A key with its value.
   *
   * @param key the key
   * @param keyLocation where the key was written
   * @param value the value
   */
  public record Entry(String key, Location keyLocation, YamlNode value) {}

  /** An empty map. */
  public YamlMap(Origin origin) {
    this.origin = origin;
  }

  /** How many. */
  public int size() {
    return entries.size();
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Whether the key is there, even with no value. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** The value of a key; null when the key is not there. */
  public @Nullable YamlNode get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value;
  }

  /** The key with its value; null when the key is not there. */
  public @Nullable Entry entry(String key) {
    return entries.get(key);
  }

  /** The value of a key if it is a map; null otherwise. */
  public @Nullable YamlMap map(String key) {
    return get(key) instanceof YamlMap map ? map : null;
  }

  /** The value of a key if it is a list; null otherwise. */
  public @Nullable YamlList list(String key) {
    return get(key) instanceof YamlList list ? list : null;
  }

  /** The value of a key as text; null when it is not there, empty of value, a map or a list. */
  public @Nullable String string(String key) {
    return get(key) instanceof YamlScalar scalar && !scalar.isNull() ? scalar.string() : null;
  }

  /** Whether the value of a key is the boolean true. */
  public boolean isTrue(String key) {
    return get(key) instanceof YamlScalar scalar && Boolean.TRUE.equals(scalar.value());
  }

  /** Sets a value; a key that is already there keeps its place. */
  public void put(String key, YamlNode value) {
    Entry old = entries.get(key);
    put(key, old == null ? value.location() : old.keyLocation, value);
  }

  /**
   * Sets a value with the place of its key; a key that is already there keeps its place in the
   * order.
   */
  public void put(String key, Location keyLocation, YamlNode value) {
    entries.put(key, new Entry(key, keyLocation, value));
  }

  /** Sets a value unless the key is there. */
  public void putIfAbsent(String key, YamlNode value) {
    if (!entries.containsKey(key)) {
      put(key, value);
    }
  }

  /** Removes a key; whether it was there. */
  public boolean remove(String key) {
    return entries.remove(key) != null;
  }

  /** The keys, independent of later changes. */
  public List<String> keys() {
    return new ArrayList<>(entries.keySet());
  }

  /** Every entry; the map may change only through {@link #put} of keys that are there. */
  @Override
  public Iterator<Entry> iterator() {
    return entries.values().iterator();
  }

  @Override
  public Origin origin() {
    return origin;
  }

  @Override
  public YamlMap copy() {
    YamlMap copy = new YamlMap(origin);
    for (Entry entry : entries.values()) {
      copy.entries.put(entry.key, new Entry(entry.key, entry.keyLocation, entry.value.copy()));
    }
    return copy;
  }

  @Override
  public String kind() {
    return "a map";
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Entry entry : entries.values()) {
      text.append(text.length() == 1 ? "" : ", ")
          .append(entry.key)
          .append(": ")
          .append(entry.value);
    }
    return text.append('}').toString();
  }
}
