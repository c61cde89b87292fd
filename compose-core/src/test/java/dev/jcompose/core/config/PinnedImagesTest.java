package dev.jcompose.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.render.ConfigOutput.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedImagesTest {
  private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);
  private static final String PROJECT =
      """
      name: shop
      services:
        web:
          image: nginx
          command: [serve, "$$HOME"]
          volumes: [{type: image, source: "ghcr.io/a/b:1", target: /b}, "data:/data"]
        again: {image: "nginx:latest"}
        fixed: {image: "nginx@%s"}
        made: {build: .}
      volumes: {data: }
      """
          .formatted(DIGEST);

  private final List<String> asked = new CopyOnWriteArrayList<>();

  @Test
  void pinsEveryImageOfServicesAndMountsAndAsksOnceForEach() throws ComposeException {
    String text = report(PROJECT).pinnedModel(Format.YAML, this::digest, false);

    assertThat(text)
        .startsWith("name: shop\n")
        .contains("  again:\n    image: docker.io/library/nginx:latest@" + DIGEST)
        .contains("  fixed:\n    image: docker.io/library/nginx@" + DIGEST)
        .contains("      - $$HOME\n    image: docker.io/library/nginx:latest@" + DIGEST)
        .contains("        source: ghcr.io/a/b:1@" + DIGEST)
        .contains("        source: data\n");
    assertThat(asked).containsExactlyInAnyOrder("docker.io/library/nginx:latest", "ghcr.io/a/b:1");
  }

  @Test
  void leavesNothingButImagesInALockAndItCanBeLaidOverTheFile() throws ComposeException {
    String lock = report(PROJECT).pinnedModel(Format.YAML, this::digest, true);

    assertThat(lock)
        .isEqualTo(
            """
            services:
              again:
                image: docker.io/library/nginx:latest@DIGEST
              fixed:
                image: docker.io/library/nginx@DIGEST
              web:
                image: docker.io/library/nginx:latest@DIGEST
                volumes:
                  - source: ghcr.io/a/b:1@DIGEST
                    target: /b
                    type: image
            """
                .replace("DIGEST", DIGEST));
    assertThat(report(PROJECT + "---\n" + lock).model(Format.YAML))
        .isEqualTo(report(PROJECT).pinnedModel(Format.YAML, this::digest, false));
    assertThat(report(PROJECT).pinnedModel(Format.JSON, this::digest, true))
        .doesNotContain("command");
  }

  @Test
  void tellsOfEveryImageWithoutADigest() throws ComposeException {
    ConfigReport report = report("services: {a: {image: x}, b: {image: y}}");

    assertThatThrownBy(
            () ->
                report.pinnedModel(
                    Format.YAML,
                    image -> {
                      throw new IOException("no " + image);
                    },
                    false))
        .hasMessageContaining("services.a.image: there is no digest of docker.io/library/x:latest")
        .hasMessageContaining("services.b.image: there is no digest of docker.io/library/y:latest");
  }

  @Test
  void refusesWhatIsNoName() throws ComposeException {
    ConfigReport report = report("services: {a: {image: UPPER}}");

    assertThatThrownBy(() -> report.pinnedModel(Format.YAML, this::digest, false))
        .hasMessageContaining("\"UPPER\" is not the name of an image");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx:latest",
    "nginx:1.28, docker.io/library/nginx:1.28",
    "user/app, docker.io/user/app:latest",
    "docker.io/nginx, docker.io/library/nginx:latest",
    "index.docker.io/nginx, docker.io/library/nginx:latest",
    "index.docker.io/user/app, docker.io/user/app:latest",
    "docker.io/user/app, docker.io/user/app:latest",
    "ghcr.io/a/b/c:1, ghcr.io/a/b/c:1",
    "localhost/app, localhost/app:latest",
    "localhost:5000/app, localhost:5000/app:latest",
    "Host/app, Host/app:latest",
    "[::1]:5000/app:2, [::1]:5000/app:2",
  })
  void namesAreMadeFullAsTheReferencePackageDoes(String written, String full) {
    assertThat(ImageName.parse(written)).hasToString(full);
    assertThat(ImageName.parse(written + "@" + DIGEST))
        .hasToString(full.replaceAll(":[^:/]+$", "") + "@" + DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "UPPER", "a/", "a:", "a b", "a@sha256:0", "-a", "a//b", "${A}"})
  void otherTextsAreNoNames(String text) {
    assertThat(ImageName.parse(text)).isNull();
  }

  private String digest(String image) {
    asked.add(image);
    return DIGEST;
  }

  private static ConfigReport report(String yaml) throws ComposeException {
    return new ConfigReport(ProjectLoader.load(LoadRequest.ofText(Path.of("/src"), yaml)));
  }
}
