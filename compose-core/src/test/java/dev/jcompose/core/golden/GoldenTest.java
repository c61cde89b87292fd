package dev.jcompose.core.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case under {@code golden}; {@code -Dgolden.rewrite=true} writes what is printed into the
 * files.
 */
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  @TempDir static Path temporary = Path.of("");

  @TestFactory
  List<DynamicTest> printsWhatTheGoldenFilesSay() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    boolean rewrites = Boolean.getBoolean("golden.rewrite");
    for (GoldenFile file : files()) {
      for (GoldenFile.Case one : file.cases) {
        if (rewrites) {
          one.expected = run(file, one).print();
        }
        tests.add(
            DynamicTest.dynamicTest(
                file.path.getFileName() + ": " + one.title,
                () -> assertThat(run(file, one).print()).isEqualTo(one.expected)));
      }
      if (rewrites) {
        file.rewrite();
      }
    }
    return tests;
  }

  @Test
  void everyAttributeOfTheTableHasACase() throws IOException {
    Set<String> used = new LinkedHashSet<>();
    for (GoldenFile file : files()) {
      for (GoldenFile.Case one : file.cases) {
        GoldenRun run = run(file, one);
        run.print();
        LoadedProject loaded = run.loaded();
        if (loaded != null) {
          collect(loaded.model(), AttributeTable.root(), used);
        }
      }
    }
    List<String> missing = new ArrayList<>();
    for (Attribute attribute : AttributeTable.root().all()) {
      String path = attribute.path();
      // These are gone once a model is loaded.
      boolean consumed =
          path.startsWith("include")
              || path.startsWith("services.*.extends")
              || path.startsWith("services.*.env_file")
              || path.startsWith("services.*.label_file")
              || path.equals("version");
      if (!used.contains(path) && !consumed) {
        missing.add(path);
      }
    }
    assertThat(missing).isEmpty();
  }

  private static void collect(YamlNode node, Attribute attribute, Set<String> used) {
    used.add(attribute.path());
    switch (node) {
      case YamlMap map -> {
        for (YamlMap.Entry entry : map) {
          Attribute child = attribute.child(entry.key());
          if (child != null) {
            collect(entry.value(), child, used);
          }
        }
      }
      case YamlList list -> {
        Attribute item = attribute.item();
        for (YamlNode value : list) {
          if (item != null) {
            collect(value, item, used);
          }
        }
      }
      case YamlScalar _ -> {}
    }
  }

  private static List<GoldenFile> files() throws IOException {
    List<GoldenFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(FOLDER)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".txt")).sorted().toList()) {
        files.add(new GoldenFile(path));
      }
    }
    return files;
  }

  private static GoldenRun run(GoldenFile file, GoldenFile.Case one) throws IOException {
    return new GoldenRun(file, one, Files.createTempDirectory(temporary, "case"));
  }
}
