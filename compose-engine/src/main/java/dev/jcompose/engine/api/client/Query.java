package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path with its query, percent-encoded piece by piece. */
public final class Query {
  private static final String PLAIN = "-._~:@!$'()*,;/";
  private static final String HEX = "0123456789ABCDEF";

  private final StringBuilder text = new StringBuilder(64);
  private boolean hasParameters;

  private Query() {}

  /**
   * Starts a path. Slashes inside a segment stay: names of images have them and routes take them.
   */
  public static Query path(String... segments) {
    Query query = new Query();
    for (String segment : segments) {
      query.text.append('/');
      query.encode(segment);
    }
    return query;
  }

  /** Adds a parameter unless its value is null or empty. */
  public Query and(String name, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return this;
    }
    text.append(hasParameters ? '&' : '?');
    hasParameters = true;
    encode(name);
    text.append('=');
    encode(value);
    return this;
  }

  /** Adds a parameter when it is true. */
  public Query and(String name, boolean value) {
    return value ? and(name, "1") : this;
  }

  /** Adds a number. */
  public Query and(String name, long value) {
    return and(name, Long.toString(value));
  }

  /** Adds the {@code filters} parameter: for each filter the values of which one must match. */
  public Query filters(Map<String, ? extends Collection<String>> filters) {
    Map<String, Map<String, Boolean>> wire = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends Collection<String>> filter : filters.entrySet()) {
      Map<String, Boolean> values = new LinkedHashMap<>();
      for (String value : filter.getValue()) {
        values.put(value, true);
      }
      wire.put(filter.getKey(), values);
    }
    return wire.isEmpty() ? this : and("filters", Json.print(wire));
  }

  /** Whether it leads to a route that only jcompose's engine has. */
  boolean isOfJcompose() {
    return text.indexOf("/jcompose/") == 0;
  }

  /** The request target. */
  @Override
  public String toString() {
    return text.toString();
  }

  private void encode(String piece) {
    for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || PLAIN.indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }
}
