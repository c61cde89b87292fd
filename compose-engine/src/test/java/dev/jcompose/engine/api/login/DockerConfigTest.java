package dev.jcompose.engine.api.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.jcompose.engine.api.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerConfigTest {
  @TempDir Path home;

  private DockerConfig config(String json) throws Exception {
    Files.writeString(
        Files.createDirectories(home.resolve(".docker")).resolve("config.json"), json);
    return DockerConfig.load(Map.of("HOME", home.toString()));
  }

  @Test
  void findsLoginsUnderHostsAndUnderTheUrlsOfOldTimes() throws Exception {
    DockerConfig config =
        config(
            """
            {"auths": {
              "https://index.docker.io/v1/": {"auth": "YW5uYTpzZWM6cmV0"},
              "https://Old.Example/v2/": {"username": "ben", "password": "x"},
              "new.example:5000": {"identitytoken": "t"}}}
            """);

    assertThat(config.credential("docker.io").username()).isEqualTo("anna");
    assertThat(config.credential("docker.io").password()).isEqualTo("sec:ret");
    assertThat(config.credential("old.example").username()).isEqualTo("ben");
    assertThat(config.credential("new.example:5000").identityToken()).isEqualTo("t");
    assertThat(config.credential("new.example").isNone()).isTrue();
  }

  @Test
  void tellsTheProxiesByBothSpellingsOfTheirNames() throws Exception {
    assertThat(
            config(
                    """
                    {"proxies": {"default": {"httpProxy": "http://p:1", "noProxy": "a,b"},
                                 "tcp://other:1": {"httpsProxy": "http://q:2"}}}
                    """)
                .proxies())
        .containsOnly(
            entry("HTTP_PROXY", "http://p:1"),
            entry("http_proxy", "http://p:1"),
            entry("NO_PROXY", "a,b"),
            entry("no_proxy", "a,b"));
    assertThat(config("{}").proxies()).isEmpty();
  }

  @Test
  void withoutAFileNobodyIsLoggedInAndABrokenOneIsNamed() throws Exception {
    assertThat(DockerConfig.load(Map.of("HOME", home.toString())).credential("a.example").isNone())
        .isTrue();
    assertThatThrownBy(() -> config("{"))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("config.json is not proper JSON");
  }

  @Test
  void saysWhichHelperIsMissing() throws Exception {
    DockerConfig config = config("{\"credHelpers\": {\"a.example\": \"no-such-helper\"}}");

    assertThatThrownBy(() -> config.credential("a.example"))
        .isInstanceOf(LoginException.class)
        .hasMessageContaining("docker-credential-no-such-helper");
    assertThat(config.credential("b.example").isNone()).isTrue();
  }

  @Test
  void theHeaderGoesThereAndBackInBothAlphabetsAndShowsNoSecretAsText() {
    Credential credential = new Credential("anna", "ÿ?>~", "", "", "a.example");
    String standard = credential.header().replace('-', '+').replace('_', '/');

    assertThat(Credential.ofHeader(credential.header())).isEqualTo(credential);
    assertThat(Credential.ofHeader(standard)).isEqualTo(credential);
    assertThat(Credential.ofHeader(null)).isEqualTo(Credential.NONE);
    assertThat(credential.toString()).isEqualTo("anna");
    assertThat(Json.object(Json.bytes(credential)).string("username")).isEqualTo("anna");
  }

  @Test
  void imageNamesLeadToTheirRegistries() {
    Credentials credentials = domain -> Credential.of(domain, "x");

    assertThat(credentials.forImage("alpine:3").username()).isEqualTo("docker.io");
    assertThat(credentials.forImage("team/app").username()).isEqualTo("docker.io");
    assertThat(credentials.forImage("a.example:5000/app:1").username()).isEqualTo("a.example:5000");
    assertThat(credentials.forImage("localhost/app").username()).isEqualTo("localhost");
  }
}
