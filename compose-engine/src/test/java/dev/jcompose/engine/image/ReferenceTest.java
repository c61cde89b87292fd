package dev.jcompose.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "alpine, docker.io/library/alpine, alpine",
    "alpine:3.20, docker.io/library/alpine:3.20, alpine:3.20",
    "library/alpine, docker.io/library/alpine, alpine",
    "bitnami/redis, docker.io/bitnami/redis, bitnami/redis",
    "docker.io/alpine, docker.io/library/alpine, alpine",
    "index.docker.io/library/alpine, docker.io/library/alpine, alpine",
    "docker.io/library/a/b, docker.io/library/a/b, library/a/b",
    "ghcr.io/a/b:c, ghcr.io/a/b:c, ghcr.io/a/b:c",
    "localhost/app, localhost/app, localhost/app",
    "localhost:5000/app:1, localhost:5000/app:1, localhost:5000/app:1",
    "[::1]:5000/app, [::1]:5000/app, [::1]:5000/app",
    "Registry/app, Registry/app, Registry/app",
    "a__b/c-d.e---f, docker.io/a__b/c-d.e---f, a__b/c-d.e---f",
  })
  void readsFamiliarNamesIntoFullOnes(String text, String full, String familiar) {
    Reference reference = Reference.parse(text);
    assertThat(reference).hasToString(full);
    assertThat(reference.familiar()).isEqualTo(familiar);
    assertThat(Reference.parse(full)).isEqualTo(reference);
    assertThat(Reference.parse(familiar)).isEqualTo(reference);
  }

  @Test
  void keepsTagAndDigestTogether() {
    Reference reference = Reference.parse("app:1@sha256:" + HEX);
    assertThat(reference.tag()).isEqualTo("1");
    assertThat(reference.digest()).isEqualTo(new Digest(HEX));
    assertThat(Reference.parse(reference.toString())).isEqualTo(reference);
  }

  @Test
  void addsLatestOnlyWhenNothingElseIsNamed() {
    assertThat(Reference.parse("app").orLatest().familiar()).isEqualTo("app:latest");
    assertThat(Reference.parse("app:1").orLatest().familiar()).isEqualTo("app:1");
    assertThat(Reference.parse("app@sha256:" + HEX).orLatest().tag()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":tag",
        "@sha256:",
        "UPPER",
        "a//b",
        "a/",
        "/a",
        "a:",
        "a:b:c",
        "a b",
        "-a",
        "a-",
        "a..b",
        "app@sha256:abc",
        "app@md5:abc",
        "host.name/",
        "app:-x",
        "a___b"
      })
  void refusesWhatIsNoReference(String text) {
    assertThatThrownBy(() -> Reference.parse(text)).isInstanceOf(BadReferenceException.class);
  }

  @Test
  void refusesNamesThatLookLikeIds() {
    assertThatThrownBy(() -> Reference.parse(HEX)).hasMessageContaining("image id");
  }

  @Test
  void refusesNamesAndTagsThatAreTooLong() {
    assertThatThrownBy(() -> Reference.parse("a".repeat(256))).hasMessageContaining("255");
    assertThatThrownBy(() -> Reference.parse("a:" + "b".repeat(129))).hasMessageContaining("128");
  }

  @Test
  void saysThatNamesAreLowerCase() {
    assertThatThrownBy(() -> Reference.parse("docker.io/App")).hasMessageContaining("lower-case");
  }
}
