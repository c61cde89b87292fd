package dev.jcompose.engine.tar;

import dev.jcompose.engine.linux.files.FileName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The key and value pairs of an extended header; values stay bytes, for attributes are binary. */
record PaxRecords(Map<String, byte[]> values) {
  static final String ATTRIBUTE = "SCHILY.xattr.";
  static final PaxRecords NONE = new PaxRecords(Map.of());

  /**
   * Reads records of the form {@code <own length> <key>=<value>\n}.
   *
   * @throws NumberFormatException when a length is no number
   * @throws IllegalArgumentException when a record has another form
   */
  static PaxRecords parse(byte[] bytes) {
    Map<String, byte[]> values = new LinkedHashMap<>();
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int space = indexOf(bytes, ' ', at, bytes.length);
      int length = Integer.parseInt(new String(bytes, at, space - at, StandardCharsets.US_ASCII));
      int end = at + length;
      if (length <= space - at || end > bytes.length || bytes[end - 1] != '\n') {
        throw new IllegalArgumentException("an extended header with a wrong length");
      }
      int equals = indexOf(bytes, '=', space + 1, end);
      String key = new String(bytes, space + 1, equals - space - 1, StandardCharsets.UTF_8);
      values.put(key, Arrays.copyOfRange(bytes, equals + 1, end - 1));
      at = end;
    }
    return new PaxRecords(values);
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("an extended header without a '" + wanted + "'");
  }

  /** A value as text; null when there is none, or an empty one, which takes the value away. */
  @Nullable String text(String key) {
    byte[] value = values.get(key);
    return value == null || value.length == 0 ? null : FileName.decode(value);
  }

  /** A whole number; a fraction is cut off. */
  long number(String key, long otherwise) {
    String text = text(key);
    if (text == null) {
      return otherwise;
    }
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    return whole.isEmpty() || whole.equals("-") ? 0 : Long.parseLong(whole);
  }

  /** The extended attributes. */
  Map<String, byte[]> attributes() {
    Map<String, byte[]> attributes = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(ATTRIBUTE)) {
            attributes.put(key.substring(ATTRIBUTE.length()), value);
          }
        });
    return attributes;
  }
}
