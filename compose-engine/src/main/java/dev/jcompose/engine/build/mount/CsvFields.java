package dev.jcompose.engine.build.mount;

import dev.jcompose.engine.build.source.SyntaxException;
import java.util.ArrayList;
import java.util.List;

/** One line of comma-separated fields; a field in double quotes may hold commas, and {@code ""}. */
public final class CsvFields {
  private CsvFields() {}

  /** The fields of a line, without their quotes. */
  public static List<String> split(String line) throws SyntaxException {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= line.length()) {
      int end;
      if (line.startsWith("\"", at)) {
        end = closing(line, at);
        fields.add(line.substring(at + 1, end).replace("\"\"", "\""));
        end++;
        if (end < line.length() && line.charAt(end) != ',') {
          throw new SyntaxException(
              line, "\"" + line + "\" goes on after a closing quote", "write a comma after it");
        }
      } else {
        end = line.indexOf(',', at);
        end = end < 0 ? line.length() : end;
        fields.add(line.substring(at, end));
      }
      at = end + 1;
    }
    return fields;
  }

  private static int closing(String line, int open) throws SyntaxException {
    int at = open + 1;
    while (true) {
      int quote = line.indexOf('"', at);
      if (quote < 0) {
        throw new SyntaxException(
            line, "\"" + line + "\" has a quote that does not close", "close it");
      }
      if (!line.startsWith("\"\"", quote)) {
        return quote;
      }
      at = quote + 2;
    }
  }
}
