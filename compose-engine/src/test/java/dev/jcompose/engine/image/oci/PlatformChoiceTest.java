package dev.jcompose.engine.image.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformChoiceTest {
  @ParameterizedTest
  @CsvSource({
    "linux/x86_64, linux/amd64",
    "linux/amd64/v1, linux/amd64",
    "linux/aarch64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm, linux/arm/v7",
    "linux/armhf, linux/arm/v7",
    "linux/armel, linux/arm/v6",
    "i386, linux/386",
    "Linux/ARM64, linux/arm64"
  })
  void platformsHaveOneSpellingEach(String written, String normal) {
    assertThat(Platform.parse(written)).hasToString(normal);
    assertThat(Platform.parse(normal)).hasToString(normal);
  }

  @Test
  void refusesWhatIsNoPlatform() {
    assertThatThrownBy(() -> Platform.parse("linux//v7"))
        .isInstanceOf(BadReferenceException.class)
        .hasMessageContaining("os/architecture");
    assertThatThrownBy(() -> Platform.parse("a/b/c/d")).isInstanceOf(BadReferenceException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "linux/amd64    | linux/386 linux/amd64/v2 linux/amd64      | linux/amd64",
        "linux/amd64/v3 | linux/amd64 linux/amd64/v4 linux/amd64/v2 | linux/amd64/v2",
        "linux/amd64    | linux/arm64 linux/386                     | linux/386",
        "linux/arm/v7   | linux/arm/v5 linux/arm/v6 linux/arm64     | linux/arm/v6",
        "linux/arm64    | linux/arm/v7 linux/arm64                  | linux/arm64",
        "linux/arm64    | linux/amd64 linux/arm/v6                  | linux/arm/v6",
        "linux/s390x    | linux/amd64                               | ",
      })
  void theBestThatRunsIsTaken(String wanted, String offered, String best) {
    List<Descriptor> entries = new ArrayList<>();
    for (String platform : offered.strip().split(" +", -1)) {
      entries.add(entry(MediaTypes.MANIFEST, Platform.parse(platform), Map.of()));
    }

    assertThat(
            PlatformChoice.of(Platform.parse(wanted.strip()))
                .best(entries)
                .map(entry -> String.valueOf(entry.platform())))
        .isEqualTo(java.util.Optional.ofNullable(best));
  }

  @Test
  void attestationsAndNestedListsAreNoImages() {
    Platform host = Platform.parse("linux/amd64");
    Descriptor image = entry(MediaTypes.DOCKER_MANIFEST, host, Map.of());
    Index index =
        new Index(
            MediaTypes.INDEX,
            List.of(
                entry(MediaTypes.MANIFEST, new Platform("unknown", "unknown", ""), Map.of()),
                entry(
                    MediaTypes.MANIFEST,
                    host,
                    Map.of("vnd.docker.reference.type", "attestation-manifest")),
                entry(MediaTypes.INDEX, host, Map.of()),
                image));

    assertThat(index.images()).containsExactly(image);
    assertThat(Index.of(Json.object(Json.bytes(index)))).isEqualTo(index);
  }

  private static Descriptor entry(
      String mediaType, Platform platform, Map<String, String> annotations) {
    return new Descriptor(
        mediaType, Digest.of(platform + mediaType + annotations), 7, platform, "", annotations);
  }
}
