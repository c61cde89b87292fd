package dev.jcompose.engine.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.build.check.CheckReport;
import dev.jcompose.engine.build.check.CheckRequest;
import dev.jcompose.engine.build.check.CheckWarning;
import dev.jcompose.engine.build.check.Checks;
import dev.jcompose.engine.build.check.Rule;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.ignore.IgnoreRules;
import dev.jcompose.engine.build.parse.DockerfileParser;
import dev.jcompose.engine.build.source.DockerfileException;
import dev.jcompose.engine.build.stage.StageReferences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder under {@code dockerfile} holds a Dockerfile, and what is read from it and what the
 * checks find, or what is said of it. A file {@code args} gives build arguments, {@code
 * .dockerignore} is what it is. {@code -Dgolden.rewrite=true} writes what is read now.
 */
class DockerfileGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/dockerfile");

  private static final Map<String, String> PLATFORMS =
      Map.of(
          "BUILDPLATFORM", "linux/amd64", "TARGETPLATFORM", "linux/amd64", "TARGETARCH", "amd64");

  @TestFactory
  List<DynamicTest> readsWhatTheGoldenFoldersSay() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path folder : folders()) {
      Path expected = folder.resolve("expected.txt");
      if (Boolean.getBoolean("golden.rewrite")) {
        Files.writeString(expected, print(folder));
      }
      tests.add(
          DynamicTest.dynamicTest(
              String.valueOf(folder.getFileName()),
              () -> assertThat(print(folder)).isEqualTo(Files.readString(expected))));
    }
    return tests;
  }

  @Test
  void everyCheckHasACase() throws IOException {
    Set<Rule> missing = EnumSet.allOf(Rule.class);
    for (Path folder : folders()) {
      try {
        for (CheckWarning warning : check(folder, parse(folder)).warnings()) {
          missing.remove(warning.rule());
        }
      } catch (DockerfileException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
    assertThat(missing).isEmpty();
  }

  static List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Dockerfile parse(Path folder) throws IOException {
    return DockerfileParser.parse("Dockerfile", Files.readAllBytes(folder.resolve("Dockerfile")));
  }

  private static CheckReport check(Path folder, Dockerfile file) throws IOException {
    Map<String, String> arguments = new LinkedHashMap<>();
    Path given = folder.resolve("args");
    if (Files.exists(given)) {
      for (String line : Files.readAllLines(given)) {
        arguments.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return Checks.run(
        file,
        new CheckRequest(
            arguments,
            PLATFORMS,
            Set.of("extra"),
            IgnoreRules.of(folder, null),
            DockerfileGoldenTest::base));
  }

  /** The images that cases may stand on; others are not known. */
  private static CheckRequest.@Nullable Base base(String reference, String platform) {
    return switch (reference) {
      case "base" -> new CheckRequest.Base(Map.of("HOME_OF_BASE", "/base"), false, "linux/amd64");
      case "shelled" -> new CheckRequest.Base(Map.of(), true, "linux/amd64");
      case "foreign" -> new CheckRequest.Base(Map.of(), false, "linux/arm64");
      default -> null;
    };
  }

  private static String print(Path folder) throws IOException {
    try {
      Dockerfile file = parse(folder);
      StageReferences.check(file, Set.of("extra"));
      StringBuilder text = new StringBuilder(RecordText.of(file));
      if (file.directives().wantsOtherFrontend()) {
        text.append("wants another frontend\n");
      }
      CheckReport report = check(folder, file);
      report.warnings().forEach(warning -> text.append(warning).append('\n'));
      if (report.failsBuild()) {
        text.append("fails the build: ").append(report.rules()).append('\n');
      }
      return text.toString();
    } catch (DockerfileException e) {
      return e.getMessage() + "\n";
    }
  }
}
