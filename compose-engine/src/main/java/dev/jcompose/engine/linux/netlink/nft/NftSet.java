package dev.jcompose.engine.linux.netlink.nft;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A named set, or a map when its elements have data.
 *
 * @param name its name
 * @param key types of the parts of a key
 * @param data types of the parts of what a map holds; empty: a plain set
 * @param interval whether elements are {@link Datum.Prefix networks}
 * @param elements data by key, in order; the data of a plain set's elements is empty
 */
public record NftSet(
    String name,
    List<DatumType> key,
    List<DatumType> data,
    boolean interval,
    Map<List<Datum>, List<Datum>> elements) {
  public NftSet {
    key = List.copyOf(key);
    data = List.copyOf(data);
    elements = Collections.unmodifiableMap(new LinkedHashMap<>(elements));
  }

  /** A plain set. */
  public static NftSet of(String name, List<DatumType> key, List<List<Datum>> elements) {
    Map<List<Datum>, List<Datum>> all = new LinkedHashMap<>();
    elements.forEach(element -> all.put(List.copyOf(element), List.of()));
    boolean interval =
        elements.stream().flatMap(List::stream).anyMatch(Datum.Prefix.class::isInstance);
    return new NftSet(name, key, List.of(), interval, all);
  }

  /** A map. */
  public static NftSet map(
      String name,
      List<DatumType> key,
      List<DatumType> data,
      Map<List<Datum>, List<Datum>> elements) {
    return new NftSet(name, key, data, false, elements);
  }

  /** The same set whose elements are networks, even while it is empty. */
  public NftSet ofIntervals() {
    return new NftSet(name, key, data, true, elements);
  }

  /** Whether only the elements differ. */
  boolean sameShape(NftSet other) {
    return name.equals(other.name)
        && key.equals(other.key)
        && data.equals(other.data)
        && interval == other.interval;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(data.isEmpty() ? "\tset " : "\tmap ").append(name).append(" {\n\t\ttype ");
    text.append(DatumType.text(key));
    if (!data.isEmpty()) {
      text.append(" : ").append(DatumType.text(data));
    }
    text.append('\n');
    if (interval) {
      text.append("\t\tflags interval\n");
    }
    if (!elements.isEmpty()) {
      text.append("\t\telements = { ")
          .append(
              elements.entrySet().stream()
                  .map(NftSet::text)
                  .collect(Collectors.joining(",\n\t\t\t     ")))
          .append(" }\n");
    }
    return text.append("\t}\n").toString();
  }

  private static String text(Map.Entry<List<Datum>, List<Datum>> element) {
    String key = text(element.getKey());
    return element.getValue().isEmpty() ? key : key + " : " + text(element.getValue());
  }

  private static String text(List<Datum> parts) {
    return parts.stream().map(Datum::text).collect(Collectors.joining(" . "));
  }
}
