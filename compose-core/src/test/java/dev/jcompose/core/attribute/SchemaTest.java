package dev.jcompose.core.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The attribute table against the paths of the published schema, {@code schema/paths.txt}: none is
 * missing, none is invented, and each takes the kinds of values the schema gives it and no others.
 */
class SchemaTest {
  @TempDir static Path folder = Path.of("");

  @BeforeAll
  static void writeWhatIsNamed() throws IOException {
    Files.writeString(folder.resolve("x.yaml"), "services: {b: {image: x}}\n");
    Files.writeString(folder.resolve("x.env"), "A=1\n");
  }

  @Test
  void theTableHasThePathsOfTheSchemaAndNoOthers() {
    Set<String> known = new LinkedHashSet<>();
    for (Attribute attribute : AttributeTable.root().all()) {
      known.add(attribute.path());
    }
    known.remove("");
    Set<String> wanted = new LinkedHashSet<>();
    for (SchemaRow row : SchemaRow.all()) {
      if ((!row.isPlainItem() || known.contains(row.path())) && !row.notes().contains("old")) {
        wanted.add(row.path());
      }
    }
    assertThat(without(wanted, known)).as("missing").isEmpty();
    assertThat(without(known, wanted)).as("invented").isEmpty();
  }

  @Test
  void everyKindOfTheSchemaIsTaken() {
    List<String> wrong = new ArrayList<>();
    for (SchemaRow row : SchemaRow.all()) {
      for (Kind kind : row.kinds()) {
        for (String value : row.values(kind)) {
          List<Problem> problems = problems(row, value);
          if (!problems.isEmpty()) {
            wrong.add(row.path() + ": " + value + " is refused: " + problems);
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyOtherKindIsRefused() {
    List<String> wrong = new ArrayList<>();
    for (SchemaRow row : SchemaRow.all()) {
      for (String value : row.others()) {
        if (problems(row, value).isEmpty()) {
          wrong.add(row.path() + ": " + value + " is taken");
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsNeededIsMissed() {
    List<String> wrong = new ArrayList<>();
    for (SchemaRow row : SchemaRow.all()) {
      SchemaRow parent = row.parent();
      if (row.notes().contains("needed") && parent != null) {
        String key = row.path().substring(parent.path().length() + 1);
        String said = problems(parent, parent.mapWithout(key)).toString();
        if (!said.contains("\"" + key + "\" is missing")) {
          wrong.add(row.path() + ": " + said);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void whatIsThereOnceIsNotKeptTwice() {
    List<String> wrong = new ArrayList<>();
    for (SchemaRow row : SchemaRow.all()) {
      if (row.notes().contains("once")) {
        String item = row.item();
        YamlNode kept = read(row, "[" + item + ", " + item + "]");
        if (kept instanceof YamlList list && list.size() > 1) {
          wrong.add(row.path() + ": " + kept);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void theDefaultsAreThoseOfTheSchema() {
    for (SchemaRow row : SchemaRow.all()) {
      if (!row.note("otherwise").isEmpty()) {
        assertThat(AttributeTable.at(row.path().replace("[]", ".[]").split("\\.", -1)).byDefault())
            .as(row.path())
            .isEqualTo(row.note("otherwise"));
      }
    }
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  /** What is said about the path when a file has the value there and little else. */
  private static List<Problem> problems(SchemaRow row, String value) {
    String path = row.path();
    String base = path.endsWith("[]") ? path.substring(0, path.length() - 2) : path;
    String at = base.replace("*", "a").replace("[]", "[0]");
    try {
      load(row.file(value));
      return List.of();
    } catch (ComposeException e) {
      return e.problems().stream().filter(problem -> problem.path().startsWith(at)).toList();
    }
  }

  /** What is read for the path from such a file; null when it is refused. */
  private static @Nullable YamlNode read(SchemaRow row, String value) {
    try {
      YamlNode node = load(row.file(value)).model();
      for (String segment : row.path().replace("[]", ".[]").split("\\.", -1)) {
        if (node instanceof YamlList list) {
          node = list.get(0);
        } else if (node instanceof YamlMap map) {
          node = map.get(segment.equals("*") ? "a" : segment);
        }
      }
      return node;
    } catch (ComposeException _) {
      return null;
    }
  }

  private static LoadedProject load(String text) throws ComposeException {
    return ProjectLoader.load(
        new LoadRequest(
            folder,
            Map.of(),
            null,
            List.of("-"),
            text,
            List.of(),
            null,
            "test",
            List.of(),
            List.of(),
            Set.of(LoadRequest.Skip.CONSISTENCY)));
  }

  enum Kind {
    TEXT,
    WHOLE,
    NUMBER,
    FLAG,
    NOTHING,
    LIST,
    MAP
  }
}
