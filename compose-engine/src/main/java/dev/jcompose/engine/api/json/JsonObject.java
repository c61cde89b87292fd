package dev.jcompose.engine.api.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that keeps the order of its members. Lookups find the exact name first, then any
 * spelling that differs in case only, and skip nulls: Docker's API decodes its requests that way,
 * and clients send the same name in two spellings. An absent member reads as empty, zero or false,
 * or as null from the {@code …OrNull} accessors; a member of another type is a {@link
 * JsonException} that names it.
 */
public final class JsonObject {
  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private final Map<String, @Nullable Object> members;

  JsonObject(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /** Starts an object. */
  public static Builder builder() {
    return new Builder();
  }

  /** All members in order. */
  public Map<String, @Nullable Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /** The names of the members in order. */
  public Set<String> names() {
    return Collections.unmodifiableSet(members.keySet());
  }

  /** Whether there are no members. */
  public boolean isEmpty() {
    return members.isEmpty();
  }

  /** The member's value of whatever type, null when absent. */
  public @Nullable Object get(String name) {
    Object exact = members.get(name);
    if (exact != null) {
      return exact;
    }
    Object found = null;
    for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
      if (member.getValue() != null && member.getKey().equalsIgnoreCase(name)) {
        found = member.getValue();
      }
    }
    return found;
  }

  /** The member as text; empty when absent. */
  public String string(String name) {
    String text = stringOrNull(name);
    return text == null ? "" : text;
  }

  /** The member as text. */
  public @Nullable String stringOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(name, "a string", value);
  }

  /** The member as a whole number; 0 when absent. */
  public long number(String name) {
    Long number = numberOrNull(name);
    return number == null ? 0 : number;
  }

  /** The member as an {@code int}; 0 when absent; out of range is an error. */
  public int integer(String name) {
    long number = number(name);
    if (number != (int) number) {
      throw new JsonException(name + ": " + number + " is out of range");
    }
    return (int) number;
  }

  /** The member as a whole number. */
  public @Nullable Long numberOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof Long) {
      return (Long) value;
    }
    if (value instanceof Double number && number == number.longValue()) {
      return number.longValue();
    }
    throw wrong(name, "a whole number", value);
  }

  /** The member as a number with a fraction; 0 when absent. */
  public double real(String name) {
    Object value = get(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(name, "a number", value);
  }

  /** The member as a truth value; false when absent. */
  public boolean flag(String name) {
    return Boolean.TRUE.equals(flagOrNull(name));
  }

  /** The member as a truth value. */
  public @Nullable Boolean flagOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw wrong(name, "true or false", value);
  }

  /** The member as an object; empty when absent. */
  public JsonObject object(String name) {
    JsonObject object = objectOrNull(name);
    return object == null ? EMPTY : object;
  }

  /** The member as an object. */
  public @Nullable JsonObject objectOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof JsonObject) {
      return (JsonObject) value;
    }
    throw wrong(name, "an object", value);
  }

  /** The member as a list of objects; empty when absent; null elements are skipped. */
  public List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : list(name)) {
      if (element instanceof JsonObject object) {
        objects.add(object);
      } else if (element != null) {
        throw wrong(name, "a list of objects", element);
      }
    }
    return objects;
  }

  /** The member as a list of wire records; empty when absent; null elements are skipped. */
  public <T> List<T> records(String name, Function<JsonObject, T> reader) {
    List<T> records = new ArrayList<>();
    for (JsonObject object : objects(name)) {
      records.add(reader.apply(object));
    }
    return records;
  }

  /** The member as a map of wire records, in order; empty when absent. */
  public <T> Map<String, T> recordMap(String name, Function<JsonObject, T> reader) {
    Map<String, T> records = new LinkedHashMap<>();
    for (Map.Entry<String, JsonObject> entry : objectMap(name).entrySet()) {
      records.put(entry.getKey(), reader.apply(entry.getValue()));
    }
    return records;
  }

  /** The member as a list of strings; empty when absent. A lone string counts as a list of one. */
  public List<String> strings(String name) {
    List<String> strings = stringsOrNull(name);
    return strings == null ? List.of() : strings;
  }

  /** The member as a list of strings. A lone string counts as a list of one. */
  public @Nullable List<String> stringsOrNull(String name) {
    Object value = get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String one) {
      return List.of(one);
    }
    List<String> strings = new ArrayList<>();
    for (Object element : list(name)) {
      if (element instanceof String text) {
        strings.add(text);
      } else if (element != null) {
        throw wrong(name, "a list of strings", element);
      }
    }
    return strings;
  }

  /** The member as a map of strings, in order; empty when absent; a null value reads as "". */
  public Map<String, String> stringMap(String name) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> member : object(name).members.entrySet()) {
      Object value = member.getValue();
      if (value == null) {
        map.put(member.getKey(), "");
      } else if (value instanceof String text) {
        map.put(member.getKey(), text);
      } else {
        throw wrong(name + "." + member.getKey(), "a string", value);
      }
    }
    return map;
  }

  /** The member as a map of objects, in order; empty when absent; a null value reads as empty. */
  public Map<String, JsonObject> objectMap(String name) {
    Map<String, JsonObject> map = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable Object> member : object(name).members.entrySet()) {
      Object value = member.getValue();
      if (value == null) {
        map.put(member.getKey(), EMPTY);
      } else if (value instanceof JsonObject object) {
        map.put(member.getKey(), object);
      } else {
        throw wrong(name + "." + member.getKey(), "an object", value);
      }
    }
    return map;
  }

  /** The names of the members of a member that is an object used as a set; empty when absent. */
  public List<String> keys(String name) {
    return List.copyOf(object(name).members.keySet());
  }

  private List<?> list(String name) {
    Object value = get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrong(name, "a list", value);
  }

  private static JsonException wrong(String name, String wanted, Object value) {
    return new JsonException(name + ": expected " + wanted + ", found " + Json.print(value));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && members.equals(object.members);
  }

  @Override
  public int hashCode() {
    return members.hashCode();
  }

  /** The object as JSON on one line. */
  @Override
  public String toString() {
    return Json.print(this);
  }

  /** Collects the members of an object in order. */
  public static final class Builder {
    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a member, null included. Wire records, lists and maps with string keys become JSON all
     * the way down.
     */
    public Builder put(String name, @Nullable Object value) {
      members.put(name, plain(value));
      return this;
    }

    /** Adds a member unless its value is null, "", 0, false, or an empty collection. */
    public Builder putUnlessEmpty(String name, @Nullable Object value) {
      boolean empty =
          value == null
              || value.equals("")
              || value.equals(false)
              || (value instanceof Number number && number.doubleValue() == 0)
              || (value instanceof Collection<?> elements && elements.isEmpty())
              || (value instanceof Map<?, ?> map && map.isEmpty())
              || (value instanceof JsonObject object && object.isEmpty());
      return empty ? this : put(name, value);
    }

    /** Adds a member unless its value is null. */
    public Builder putUnlessNull(String name, @Nullable Object value) {
      return value == null ? this : put(name, value);
    }

    /** Adds a set in Docker's form: an object whose members are all empty objects. */
    public Builder putSet(String name, Iterable<String> elements) {
      Map<String, @Nullable Object> set = new LinkedHashMap<>();
      for (String element : elements) {
        set.put(element, EMPTY);
      }
      members.put(name, new JsonObject(set));
      return this;
    }

    /** Adds all members of another object at this level. */
    public Builder putAll(JsonValue other) {
      members.putAll(other.toJson().members);
      return this;
    }

    /** The object; the builder must not be used again. */
    public JsonObject build() {
      return new JsonObject(members);
    }

    private static @Nullable Object plain(@Nullable Object value) {
      if (value instanceof JsonValue record) {
        return record.toJson();
      }
      if (value instanceof Integer number) {
        return number.longValue();
      }
      if (value instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          copy.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return new JsonObject(copy);
      }
      if (value instanceof Iterable<?> elements) {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object element : elements) {
          copy.add(plain(element));
        }
        return copy;
      }
      return value;
    }
  }
}
