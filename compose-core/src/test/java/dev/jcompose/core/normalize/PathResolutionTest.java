package dev.jcompose.core.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.config.ConfigReport;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Paths that depend on what is on the disk. */
class PathResolutionTest {
  @TempDir Path folder = Path.of("");

  @Test
  void whatIsWatchedIsNamedWithoutSymbolicLinks() throws IOException, ComposeException {
    Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
    Files.createSymbolicLink(folder.resolve("link"), real);
    String yaml =
        """
        services:
          web:
            image: x
            volumes: ["./link:/bound"]
            develop:
              watch:
                - {path: ./link, action: rebuild}
                - {path: ./missing, action: rebuild}
        """;
    String printed =
        new ConfigReport(ProjectLoader.load(LoadRequest.ofText(folder, yaml)))
            .model(ConfigOutput.Format.YAML);
    assertThat(printed)
        .contains("path: " + real)
        .contains("path: " + folder.resolve("missing"))
        .contains("source: " + folder.resolve("link"));
  }
}
