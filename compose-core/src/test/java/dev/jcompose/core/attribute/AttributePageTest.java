package dev.jcompose.core.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;

/**
 * {@code ATTRIBUTES.md} is the attribute table for people; {@code -Dgolden.rewrite=true} writes it
 * anew.
 */
class AttributePageTest {
  private static final Path PAGE = Path.of("ATTRIBUTES.md");

  private static final String HEAD =
      """
      # Attributes of a Compose file

      Written by a test from the table that drives reading, checking and printing (`dev.jcompose.core.attribute`); do not
      edit it by hand. `*` stands for a name of your choice, `[]` for an item of a list. Everywhere but in maps of names
      there may also be keys that start with `x-`.

      | attribute | what it is | written as | if not given | merged by | here |
      |---|---|---|---|---|---|
      """;

  @Test
  void thePageSaysWhatTheTableSays() throws IOException {
    String page = page();
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page).isEqualTo(Files.readString(PAGE));
  }

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    for (Attribute attribute : AttributeTable.root().all()) {
      if (!attribute.path().isEmpty()) {
        page.append(row(attribute, parent(attribute)));
      }
    }
    return page.toString();
  }

  private static String row(Attribute attribute, Attribute parent) {
    StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
    row.add("`" + attribute.path() + "`");
    row.add(cell(attribute.sentence()));
    row.add(cell(form(attribute, parent)));
    row.add(cell(attribute.byDefault()));
    row.add(merge(attribute));
    row.add(cell(effect(attribute)));
    return row.toString().replace("|  |", "| |").replace("|  |", "| |");
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("*", "\\*").replace("<", "\\<");
  }

  private static Attribute parent(Attribute attribute) {
    String path = attribute.path();
    Attribute parent = AttributeTable.root();
    for (Attribute candidate : AttributeTable.root().all()) {
      boolean above =
          !candidate.path().isEmpty()
              && path.startsWith(candidate.path())
              && path.length() > candidate.path().length()
              && (path.charAt(candidate.path().length()) == '.'
                  || path.charAt(candidate.path().length()) == '[');
      if (above && candidate.path().length() >= parent.path().length()) {
        parent = candidate;
      }
    }
    return parent;
  }

  private static String form(Attribute attribute, Attribute parent) {
    StringBuilder form = new StringBuilder(attribute.accepted());
    if (!attribute.choices().isEmpty()) {
      form.append(": ").append(String.join(", ", attribute.choices()));
    } else if (attribute.grammar() != Grammar.ANY) {
      form.append("; ").append(attribute.grammar().hint());
    } else if (attribute.least() > Long.MIN_VALUE) {
      form.append(", ").append(attribute.least());
      form.append(attribute.most() < Long.MAX_VALUE ? " to " + attribute.most() : " or more");
    }
    String key = attribute.path().substring(attribute.path().lastIndexOf('.') + 1);
    form.append(parent.required().contains(key) ? "; needed" : "");
    form.append(attribute.unique() ? "; nothing twice" : "");
    return form.toString();
  }

  private static String merge(Attribute attribute) {
    return switch (attribute.merge()) {
      case DEEP ->
          switch (attribute.type()) {
            case MAP, NAMED -> "key";
            case TEXTS, SCALARS, LIST -> "appending";
            default -> "";
          };
      case REPLACE -> "replacing";
      case UNIQUE -> "item";
      case BY_NAME -> "name before =";
      case BY_PORT -> "address, port and protocol";
      case BY_TARGET, BY_FILE_TARGET -> "target";
      case BY_PATH -> "path";
      case BY_SUBNET -> "subnet";
      case BY_DRIVER -> "key, if the driver is the same";
    };
  }

  private static String effect(Attribute attribute) {
    if (!attribute.refusal().isEmpty()) {
      return "read, not run: " + attribute.refusal();
    }
    return attribute.withoutEffect().isEmpty() ? "" : "no effect: " + attribute.withoutEffect();
  }
}
