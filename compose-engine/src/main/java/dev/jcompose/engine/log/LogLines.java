package dev.jcompose.engine.log;

import dev.jcompose.engine.container.stream.StreamKind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The text form of log entries: Docker's json-file lines, {@code
 * {"log":"text\n","stream":"stdout","time":"2006-01-02T15:04:05.999999999Z"}}. Bytes that are no
 * UTF-8 become U+FFFD.
 */
final class LogLines {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] REPLACEMENT = "\ufffd".getBytes(StandardCharsets.UTF_8);
  private static final byte[] START = bytes("{\"log\":\"");
  private static final byte[] STREAM = bytes("\",\"stream\":\"");
  private static final byte[] ATTRIBUTES = bytes("\",\"attrs\":");
  private static final byte[] TIME = bytes(",\"time\":\"");
  private static final byte[] END = bytes("\"}\n");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private long prefixSecond = Long.MIN_VALUE;
  private byte[] prefix = {};

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Appends one line.
   *
   * @param attributes a JSON object as text, or empty
   */
  void write(
      ByteArrayOutputStream out,
      StreamKind stream,
      Instant time,
      byte[] text,
      int length,
      byte[] attributes) {
    out.writeBytes(START);
    escape(out, text, length);
    out.writeBytes(STREAM);
    out.writeBytes(bytes(stream.text()));
    if (attributes.length > 0) {
      out.writeBytes(ATTRIBUTES);
      out.writeBytes(attributes);
    } else {
      out.write('"');
    }
    out.writeBytes(TIME);
    writeTime(out, time);
    out.writeBytes(END);
  }

  private void writeTime(ByteArrayOutputStream out, Instant time) {
    if (time.getEpochSecond() != prefixSecond) {
      prefixSecond = time.getEpochSecond();
      prefix = bytes(SECONDS.format(LocalDateTime.ofEpochSecond(prefixSecond, 0, ZoneOffset.UTC)));
    }
    out.writeBytes(prefix);
    int nanos = time.getNano();
    if (nanos != 0) {
      out.write('.');
      for (int unit = 100_000_000; nanos > 0; unit /= 10) {
        out.write('0' + nanos / unit);
        nanos %= unit;
      }
    }
    out.write('Z');
  }

  /** Escapes as Go's encoder does, so that other readers of such files find what they expect. */
  private static void escape(ByteArrayOutputStream out, byte[] text, int length) {
    int at = 0;
    while (at < length) {
      int b = text[at] & 0xff;
      if (b < 0x80) {
        at++;
        switch (b) {
          case '"' -> pair(out, '"');
          case '\\' -> pair(out, '\\');
          case '\n' -> pair(out, 'n');
          case '\r' -> pair(out, 'r');
          case '\t' -> pair(out, 't');
          case '<', '>', '&' -> unicode(out, b);
          default -> {
            if (b < 0x20 || b == 0x7f) {
              unicode(out, b);
            } else {
              out.write(b);
            }
          }
        }
        continue;
      }
      int size = sequence(text, at, length);
      if (size == 0) {
        out.writeBytes(REPLACEMENT);
        at++;
      } else if (size == 3 && isLineSeparator(text, at)) {
        unicode(out, 0x2000 | (text[at + 2] & 0x3f));
        at += size;
      } else {
        out.write(text, at, size);
        at += size;
      }
    }
  }

  private static boolean isLineSeparator(byte[] text, int at) {
    return text[at] == (byte) 0xe2
        && text[at + 1] == (byte) 0x80
        && (text[at + 2] == (byte) 0xa8 || text[at + 2] == (byte) 0xa9);
  }

  private static void pair(ByteArrayOutputStream out, int letter) {
    out.write('\\');
    out.write(letter);
  }

  private static void unicode(ByteArrayOutputStream out, int character) {
    pair(out, 'u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.write(HEX[(character >> shift) & 0xf]);
    }
  }

  /** Length of the valid UTF-8 sequence at a position, 0 when there is none. */
  private static int sequence(byte[] text, int at, int length) {
    int lead = text[at] & 0xff;
    int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + size > length) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((text[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    int second = text[at + 1] & 0xff;
    boolean overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
    boolean surrogate = lead == 0xed && second > 0x9f;
    boolean beyond = lead == 0xf4 && second > 0x8f;
    return overlong || surrogate || beyond ? 0 : size;
  }

  /** The entry of one line; empty when the line is damaged, as after a crash or a full disk. */
  static Optional<LogEntry> parse(byte[] line, int offset, int length) {
    String log = null;
    StreamKind stream = StreamKind.STDOUT;
    Instant time = Instant.EPOCH;
    Map<String, String> attributes = Map.of();
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), line, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "log" -> log = parser.getString();
          case "stream" ->
              stream = parser.getString().equals("stderr") ? StreamKind.STDERR : StreamKind.STDOUT;
          case "time" -> time = Instant.parse(parser.getString());
          case "attrs" -> attributes = object(parser);
          default -> parser.skipChildren();
        }
      }
    } catch (JacksonException | DateTimeParseException e) {
      return Optional.empty();
    }
    return log == null
        ? Optional.empty()
        : Optional.of(new LogEntry(stream, time, ByteBuffer.wrap(bytes(log)), attributes));
  }

  private static Map<String, String> object(JsonParser parser) {
    Map<String, String> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      entries.put(name, parser.getString());
    }
    return entries;
  }

  /** A JSON object of these entries as text; empty for no entries. */
  static byte[] attributes(Map<String, String> entries) {
    if (entries.isEmpty()) {
      return new byte[0];
    }
    var out = new ByteArrayOutputStream();
    char separator = '{';
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      out.write(separator);
      separator = ',';
      quoted(out, entry.getKey());
      out.write(':');
      quoted(out, entry.getValue());
    }
    out.write('}');
    return out.toByteArray();
  }

  private static void quoted(ByteArrayOutputStream out, String text) {
    byte[] utf8 = bytes(text);
    out.write('"');
    escape(out, utf8, utf8.length);
    out.write('"');
  }
}
