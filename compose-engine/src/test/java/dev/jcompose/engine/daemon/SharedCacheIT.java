package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.build.BuildRequest.Caching;
import dev.jcompose.engine.image.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that one machine made and another takes, through a folder. */
class SharedCacheIT {
  private static final String DOCKERFILE =
      """
      FROM jcompose/base AS made
      RUN date +%N > /stamp
      FROM jcompose/base
      COPY --from=made /stamp /stamp
      RUN date +%N > /second
      """;

  @TempDir Path context;
  @TempDir Path shared;

  private TestEngine one;
  private TestEngine other;

  @BeforeEach
  void start() throws IOException {
    one = TestEngine.start();
    other = TestEngine.start();
  }

  @AfterEach
  void stop() {
    if (one != null) {
      one.close();
    }
    if (other != null) {
      other.close();
    }
  }

  private BuildLab writing(String to) {
    BuildLab lab = new BuildLab(one, context);
    lab.caching = new Caching(false, Set.of(), false, List.of(), List.of(to));
    return lab;
  }

  private BuildLab reading(String from) {
    BuildLab lab = new BuildLab(other, context);
    lab.caching = new Caching(false, Set.of(), false, List.of(from), List.of());
    return lab;
  }

  @Test
  void anotherMachineTakesAllStepsOfAllStages() throws Exception {
    Image made = writing("type=local,mode=max,dest=" + shared).build(DOCKERFILE);
    BuildLab lab = reading("type=local,src=" + shared);
    Image taken = lab.build(DOCKERFILE);
    assertThat(lab.log.cached).hasSize(3);
    assertThat(taken.id()).isEqualTo(made.id());
    assertThat(lab.log.warnings).isEmpty();
  }

  @Test
  void withoutTheMaximumOnlyStepsOfTheResultAreWritten() throws Exception {
    writing("type=local,dest=" + shared).build("FROM jcompose/base\nRUN date +%N > /one\n");
    try (Stream<Path> blobs = Files.list(shared.resolve("blobs/sha256"))) {
      assertThat(blobs).as("a manifest, a configuration, one layer").hasSize(3);
    }
    writing("type=local,dest=" + shared).build("FROM jcompose/base\nRUN date +%N > /two\n");
    try (Stream<Path> blobs = Files.list(shared.resolve("blobs/sha256"))) {
      assertThat(blobs).as("in place of the first").hasSize(3);
    }
  }

  @Test
  void aPlaceThatCannotBeReadIsToldAndTheBuildGoesOn() throws Exception {
    BuildLab lab = reading("type=local,src=" + shared.resolve("nothing"));
    lab.build("FROM jcompose/base\nRUN true\n");
    assertThat(lab.log.warnings).singleElement().asString().contains("no steps are taken from");
  }

  @Test
  void aDamagedLayerIsMadeAgain() throws Exception {
    String dockerfile = "FROM jcompose/base\nRUN echo same > /one\n";
    Image made = writing("type=local,dest=" + shared).build(dockerfile);
    try (Stream<Path> blobs = Files.list(shared.resolve("blobs/sha256"))) {
      for (Path blob : blobs.filter(SharedCacheIT::isGzip).toList()) {
        Files.write(blob, new byte[] {31, (byte) 139, 8, 0});
      }
    }
    BuildLab lab = reading("type=local,src=" + shared);
    assertThat(lab.run(lab.build(dockerfile), "cat /one")).isEqualTo("same");
    assertThat(lab.log.warnings).singleElement().asString().contains("is made again");
    assertThat(made.id()).isNotEmpty();
  }

  private static boolean isGzip(Path file) {
    try {
      byte[] start = Files.readAllBytes(file);
      return start.length > 2 && start[0] == 31 && start[1] == (byte) 139;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void saysWhichKindsOfPlacesThereAre() {
    assertThatThrownBy(() -> reading("type=gha").build("FROM jcompose/base\nRUN true\n"))
        .hasMessageContaining("write local, registry or inline");
    assertThatThrownBy(
            () -> writing("type=local,dest=relative").build("FROM jcompose/base\nRUN true\n"))
        .hasMessageContaining("has no absolute folder; write dest=FOLDER");
  }
}
