package dev.jcompose.core.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is compared with docker compose is the whole attribute table. */
class GeneratorTest {
  private static final int PROJECTS = 1500;

  @Test
  void everyAttributeOfTheTableIsGenerated() {
    Set<String> generated = new TreeSet<>();
    for (int seed = 0; seed < PROJECTS; seed++) {
      if (ProjectGenerator.generate(seed, Set.of(), Set.of()).tree().get("files")
          instanceof Map<?, ?> files) {
        files.forEach(
            (name, documents) -> {
              if (String.valueOf(name).endsWith(".yaml") && documents instanceof List<?> list) {
                list.forEach(document -> collect(document, AttributeTable.root(), generated));
              }
            });
      }
    }
    List<String> missing = new ArrayList<>();
    for (Attribute attribute : AttributeTable.root().all()) {
      if (!generated.contains(attribute.path())) {
        missing.add(attribute.path());
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void sameSeedGivesTheSameProject() {
    assertThat(ProjectGenerator.generate(7, Set.of(), Set.of()))
        .isEqualTo(ProjectGenerator.generate(7, Set.of(), Set.of()))
        .isNotEqualTo(ProjectGenerator.generate(8, Set.of(), Set.of()));
  }

  private static void collect(@Nullable Object value, Attribute attribute, Set<String> found) {
    found.add(attribute.path());
    switch (value) {
      case FlowText.Tagged tagged -> collect(tagged.value(), attribute, found);
      case Map<?, ?> map ->
          map.forEach(
              (key, below) -> {
                Attribute child = attribute.child(String.valueOf(key));
                if (child != null) {
                  collect(below, child, found);
                }
              });
      case List<?> list -> {
        Attribute item = attribute.item();
        if (item != null) {
          list.forEach(below -> collect(below, item, found));
        }
      }
      case null, default -> {}
    }
  }
}
