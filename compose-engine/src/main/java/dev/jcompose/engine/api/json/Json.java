package dev.jcompose.engine.api.json;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and prints JSON. A value is a {@link JsonObject}, a {@code List}, a {@code String}, a
 * {@code Boolean}, a {@code Number} ({@code Long} for whole numbers that fit, else {@code
 * BigInteger} or {@code Double}) or null.
 */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Parses one JSON value; content after it is refused with a {@link JsonException}. */
  public static @Nullable Object parse(byte[] utf8) {
    return parse(utf8, 0, utf8.length);
  }

  /** Parses one JSON value from part of an array; content after it is refused. */
  public static @Nullable Object parse(byte[] utf8, int offset, int length) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), utf8, offset, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("there is no JSON value");
      }
      Object value = value(parser, first);
      if (parser.nextToken() != null) {
        throw new JsonException("unexpected content after JSON");
      }
      return value;
    } catch (JacksonException e) {
      throw new JsonException("invalid JSON: " + e.getOriginalMessage());
    }
  }

  /** Parses one JSON value; content after it is refused with a {@link JsonException}. */
  public static @Nullable Object parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Parses text that must be one JSON object. */
  public static JsonObject object(byte[] utf8) {
    return asObject(parse(utf8));
  }

  /** Parses text that must be one JSON object. */
  public static JsonObject object(String text) {
    return asObject(parse(text));
  }

  /** Parses text that must be one JSON array of objects; {@code null} counts as an empty array. */
  public static List<JsonObject> objects(byte[] utf8) {
    Object value = parse(utf8);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new JsonException("expected a JSON array");
    }
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (Object element : list) {
      objects.add(asObject(element));
    }
    return objects;
  }

  /** Prints a value on one line. Wire records, maps with string keys and iterables are welcome. */
  public static String print(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      write(generator, value);
    }
    return text.toString();
  }

  /** Prints a value as UTF-8 on one line, without a line feed at the end. */
  public static byte[] bytes(@Nullable Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      write(generator, value);
    }
    return bytes.toByteArray();
  }

  /** Takes a parsed value that must be an object. */
  public static JsonObject asObject(@Nullable Object value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new JsonException("expected a JSON object");
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException("invalid JSON: unexpected " + token);
    };
  }

  private static Number integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
    };
  }

  private static JsonObject object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      members.put(name, value(parser, parser.nextToken()));
    }
    return new JsonObject(members);
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, token));
    }
    return elements;
  }

  // Chains of instanceof here and in JsonObject, not pattern switches: those cost a bootstrap each
  // when the command line starts.
  private static void write(JsonGenerator generator, @Nullable Object value) {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(text);
    } else if (value instanceof Boolean flag) {
      generator.writeBoolean(flag);
    } else if (value instanceof Long || value instanceof Integer) {
      generator.writeNumber(((Number) value).longValue());
    } else if (value instanceof BigInteger number) {
      generator.writeNumber(number);
    } else if (value instanceof Number number) {
      generator.writeNumber(number.doubleValue());
    } else if (value instanceof JsonObject object) {
      writeMembers(generator, object.members());
    } else if (value instanceof JsonValue record) {
      write(generator, record.toJson());
    } else if (value instanceof Map<?, ?> map) {
      writeMembers(generator, map);
    } else if (value instanceof Iterable<?> elements) {
      generator.writeStartArray();
      for (Object element : elements) {
        write(generator, element);
      }
      generator.writeEndArray();
    } else {
      throw new IllegalArgumentException("no JSON form for " + value.getClass());
    }
  }

  private static void writeMembers(JsonGenerator generator, Map<?, ?> members) {
    generator.writeStartObject();
    for (Map.Entry<?, ?> member : members.entrySet()) {
      generator.writeName(String.valueOf(member.getKey()));
      write(generator, member.getValue());
    }
    generator.writeEndObject();
  }
}
