package dev.jcompose.core.adapter.build;

import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.engine.build.dockerfile.Dockerfile;
import dev.jcompose.engine.build.parse.DockerfileParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A Dockerfile of this machine.
 *
 * @param asked the path that was asked for, which decides about ignore files; null when the text
 *     was given
 * @param path where it is; null when the text was given
 * @param text what is in it
 */
record LocalDockerfile(@Nullable Path asked, @Nullable Path path, String text) {
  /**
   * Reads the one of a build whose context is a folder; {@code dockerfile} stands in for a {@code
   * Dockerfile} that is not there.
   *
   * @throws IOException with a sentence when there is none
   */
  static LocalDockerfile of(BuildSpec spec) throws IOException {
    String inline = spec.inline();
    if (inline != null) {
      return new LocalDockerfile(null, null, inline);
    }
    String name = spec.dockerfile();
    Path asked = Path.of(spec.context()).resolve(name == null ? "Dockerfile" : name);
    Path found = asked;
    if (!Files.exists(asked) && asked.endsWith("Dockerfile")) {
      Path small = asked.resolveSibling("dockerfile");
      found = Files.exists(small) ? small : asked;
    }
    if (!Files.isRegularFile(found)) {
      throw new IOException(
          "there is no Dockerfile at " + asked + "; write one, or name another with dockerfile:");
    }
    return new LocalDockerfile(
        asked, found, new String(Files.readAllBytes(found), StandardCharsets.UTF_8));
  }

  /** What messages call it. */
  static String name(BuildSpec spec) {
    String name = spec.dockerfile();
    return name == null ? "Dockerfile" : String.valueOf(Path.of(name).getFileName());
  }

  /** What it says. */
  Dockerfile parsed(String name) {
    return DockerfileParser.parse(name, text);
  }
}
