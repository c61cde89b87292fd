package dev.jcompose.core.generate;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlReader;
import dev.jcompose.core.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values for attributes whose type does not say enough, from {@code differential/samples.yaml}. */
final class Samples {
  private static final Path FILE = Path.of("src/test/resources/differential/samples.yaml");

  private final Map<String, List<@Nullable Object>> samples = new HashMap<>();

  Samples() {
    try {
      YamlMap root =
          YamlReader.read(FILE.toString(), Files.readString(FILE), new Problems()).get(0).root();
      for (YamlMap.Entry entry : root) {
        List<@Nullable Object> values = new ArrayList<>();
        if (entry.value() instanceof YamlList list) {
          list.forEach(node -> values.add(plain(node)));
        }
        samples.put(entry.key(), values);
      }
    } catch (IOException | ComposeException e) {
      throw new IllegalStateException(FILE + " cannot be read", e);
    }
  }

  /** What is tried for an attribute; empty when its type is enough. */
  List<@Nullable Object> of(String path) {
    return samples.getOrDefault(path, List.of());
  }

  private static @Nullable Object plain(YamlNode node) {
    return switch (node) {
      case YamlMap map -> {
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        map.forEach(entry -> made.put(entry.key(), plain(entry.value())));
        yield made;
      }
      case YamlList list -> {
        List<@Nullable Object> made = new ArrayList<>();
        list.forEach(item -> made.add(plain(item)));
        yield made;
      }
      case YamlScalar scalar ->
          scalar.isNull()
              ? null
              : scalar.isString() ? scalar.string() : new FlowText.Plain(scalar.text());
    };
  }
}
