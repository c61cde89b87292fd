package dev.jcompose.core.attribute;

import dev.jcompose.core.attribute.SchemaTest.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path of the published schema.
 *
 * @param path with {@code *} for names and {@code []} for items
 * @param kinds what may stand there
 * @param notes what else the schema says of it
 */
record SchemaRow(String path, List<Kind> kinds, List<String> notes) {
  private static final Path FILE = Path.of("src/test/resources/schema/paths.txt");
  private static final Map<String, SchemaRow> ALL = read();

  static List<SchemaRow> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<String, SchemaRow> read() {
    Map<String, SchemaRow> rows = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(FILE)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split(" \\| ", -1);
          List<Kind> kinds = new ArrayList<>();
          for (String kind : parts[1].split(", ", -1)) {
            kinds.add(Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
          }
          List<String> notes = parts.length > 2 ? List.of(parts[2].split("; ", -1)) : List.of();
          rows.put(parts[0], new SchemaRow(parts[0], kinds, notes));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  /** An item that is a scalar: the table has only its list. */
  boolean isPlainItem() {
    return path.endsWith("[]") && !kinds.contains(Kind.MAP);
  }

  /** The part of a note after its keyword; empty without such a note. */
  String note(String keyword) {
    for (String note : notes) {
      if (note.startsWith(keyword + " ")) {
        return note.substring(keyword.length() + 1);
      }
    }
    return "";
  }

  /** The map this path is a key of; null for keys of the top level. */
  @Nullable SchemaRow parent() {
    int dot = path.lastIndexOf('.');
    return dot < 0 ? null : ALL.get(path.substring(0, dot));
  }

  /** A file with the value at this path. */
  String file(String value) {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (String segment : path.replace("[]", ".[]").split("\\.", -1)) {
      boolean item = segment.equals("[]");
      before.append(item ? "[" : "{" + (segment.equals("*") ? "a" : segment) + ": ");
      after.append(item ? ']' : '}');
    }
    String text = before + value + after.reverse();
    // Something to extend.
    return path.startsWith("services.*.")
        ? text.substring(0, text.length() - 2) + ", b: {image: x}}}"
        : text;
  }

  /** Values of a kind that the schema takes here, as flow YAML. */
  List<String> values(Kind kind) {
    List<String> values = new ArrayList<>(samples(kind));
    values.removeAll(List.of(note("not").split(", ", -1)));
    return values;
  }

  private List<String> samples(Kind kind) {
    return switch (kind) {
      case TEXT -> texts();
      case WHOLE -> note("from").isEmpty() ? List.of("5") : List.of(note("from").split(" to ", -1));
      case NUMBER -> List.of("5", "1.5");
      case FLAG -> List.of("true");
      case NOTHING -> List.of("null");
      case LIST -> List.of("[" + item() + "]");
      case MAP -> List.of(map());
    };
  }

  private List<String> texts() {
    String choices = note("one of");
    if (!choices.isEmpty()) {
      List<String> values = new ArrayList<>();
      for (String choice : choices.split(", ", -1)) {
        values.add(quote(choice));
      }
      return values;
    }
    String sample = note("such as");
    if (!sample.isEmpty()) {
      return List.of(quote(sample));
    }
    boolean number = kinds.contains(Kind.WHOLE) || kinds.contains(Kind.NUMBER);
    return List.of(quote(number ? "5" : kinds.contains(Kind.FLAG) ? "true" : "x"));
  }

  private static String quote(String text) {
    return "\"" + text + "\"";
  }

  /** One item of this list. */
  String item() {
    SchemaRow item = ALL.get(path + "[]");
    return item == null ? "" : first(item);
  }

  private static String first(SchemaRow row) {
    return row.values(row.kinds().getFirst()).getFirst();
  }

  private String map() {
    return mapWithout("");
  }

  /** With what is needed but for one key, and with a name where names are free. */
  String mapWithout(String missing) {
    String written = note("written as");
    if (!written.isEmpty()) {
      return written;
    }
    StringBuilder map = new StringBuilder();
    for (SchemaRow row : ALL.values()) {
      boolean child =
          row.path.startsWith(path + ".") && row.path.indexOf('.', path.length() + 1) < 0;
      String key = child ? row.path.substring(path.length() + 1) : "";
      if (child
          && !key.endsWith("[]")
          && !key.equals(missing)
          && (key.equals("*") || row.notes.contains("needed"))) {
        map.append(map.isEmpty() ? "" : ", ");
        map.append(key.equals("*") ? "a" : key).append(": ").append(first(row));
      }
    }
    return "{" + map + "}";
  }

  /** Values of the kinds that the schema does not take here. */
  List<String> others() {
    List<String> others = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (!kinds.contains(kind)) {
        switch (kind) {
          case TEXT -> others.add("\"x\"");
          case WHOLE -> {
            if (!kinds.contains(Kind.NUMBER)) {
              others.add("5");
            }
          }
          case NUMBER -> others.add("1.5");
          case FLAG -> others.add("true");
          case NOTHING -> others.add("null");
          case LIST -> others.add("[]");
          case MAP -> others.add("{}");
        }
      }
    }
    if (!note("one of").isEmpty()) {
      others.add("\"another\"");
    }
    String[] bounds = note("from").split(" to ", -1);
    if (!note("from").isEmpty()) {
      others.add(String.valueOf(Long.parseLong(bounds[0]) - 1));
      if (bounds.length > 1) {
        others.add(String.valueOf(Long.parseLong(bounds[1]) + 1));
      }
    }
    others.removeAll(List.of(note("also").split(", ", -1)));
    return others;
  }
}
