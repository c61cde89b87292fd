package dev.jcompose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theDirectoryHasTheNameTheShellReachedItBy() throws IOException {
    Path real = Path.of("").toAbsolutePath();
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    assertThat(Main.directory(Map.of("PWD", link.toString()))).isEqualTo(link);
    assertThat(Main.directory(Map.of())).isEqualTo(real);
  }

  @Test
  void aNameOfAnotherDirectoryIsNotBelieved() {
    Path real = Path.of("").toAbsolutePath();

    assertThat(Main.directory(Map.of("PWD", folder.toString()))).isEqualTo(real);
    assertThat(Main.directory(Map.of("PWD", "/no/such/directory"))).isEqualTo(real);
    assertThat(Main.directory(Map.of("PWD", "."))).isEqualTo(real);
    assertThat(Main.directory(Map.of("PWD", "/a\0b"))).isEqualTo(real);
  }
}
