package dev.jcompose.engine.build.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.build.source.DockerfileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every folder under {@code dockerfile} holds a Dockerfile and what is read from it, or what is
 * said of it; {@code -Dgolden.rewrite=true} writes what is read now.
 */
class DockerfileGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/dockerfile");

  @TestFactory
  List<DynamicTest> readsWhatTheGoldenFoldersSay() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      for (Path folder : folders.filter(Files::isDirectory).sorted().toList()) {
        Path expected = folder.resolve("expected.txt");
        if (Boolean.getBoolean("golden.rewrite")) {
          Files.writeString(expected, print(folder));
        }
        tests.add(
            DynamicTest.dynamicTest(
                folder.getFileName().toString(),
                () -> assertThat(print(folder)).isEqualTo(Files.readString(expected))));
      }
    }
    return tests;
  }

  private static String print(Path folder) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("Dockerfile"));
    try {
      return RecordText.of(DockerfileParser.parse("Dockerfile", bytes));
    } catch (DockerfileException e) {
      return e.getMessage() + "\n";
    }
  }
}
