package dev.jcompose.core.adapter.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.login.Credentials;
import dev.jcompose.engine.api.login.DockerConfig;
import dev.jcompose.engine.build.parse.DockerfileParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginsTest {
  private static final String HEADER = "X-Registry-Config: ";

  private final List<String> asked = new ArrayList<>();

  private List<String> logins(String dockerfile, Map<String, String> arguments, String... more) {
    Credentials known =
        domain -> {
          asked.add(domain);
          return domain.startsWith("secret")
              ? new Credential("me", "pass of " + domain, "", "", domain)
              : Credential.NONE;
        };
    return Logins.of(
        known, DockerfileParser.parse("Dockerfile", dockerfile), arguments, List.of(more));
  }

  @Test
  void theEngineIsShownTheLoginsOfTheRegistriesThatTheDockerfileNames() {
    List<String> headers =
        logins(
            """
            ARG REGISTRY=wrong.example
            ARG BASE=${REGISTRY}/base
            FROM $BASE AS one
            FROM secret.two:5000/x
            COPY --from=secret.three.example/y /a /
            COPY --from=one /b /
            COPY --from=0 /c /
            FROM one
            FROM scratch
            """,
            Map.of("REGISTRY", "secret.one.example"),
            "secret.four.example/cache");
    assertThat(headers).singleElement().asString().startsWith(HEADER);
    DockerConfig read = DockerConfig.ofHeader("x", headers.getFirst().substring(HEADER.length()));
    for (String domain :
        List.of(
            "secret.one.example",
            "secret.two:5000",
            "secret.three.example",
            "secret.four.example")) {
      assertThat(read.credential(domain).password()).isEqualTo("pass of " + domain);
    }
    // Names of stages and scratch are no images.
    assertThat(asked).hasSize(4);
  }

  @Test
  void aBuildFromElsewhereIsShownAllThatTheFileHas() {
    DockerConfig file =
        DockerConfig.load(
            Map.of(
                "DOCKER_AUTH_CONFIG",
                """
                {"auths": {
                  "https://index.docker.io/v1/": {"username": "hub", "password": "a"},
                  "https://old.example/v1/": {"username": "old", "password": "b"},
                  "new.example:5000": {"username": "new", "password": "c"}}}
                """));
    assertThat(file.domains()).containsExactly("docker.io", "old.example", "new.example:5000");
    DockerConfig read =
        DockerConfig.ofHeader("x", Logins.all(file).getFirst().substring(HEADER.length()));
    assertThat(read.credential("docker.io").username()).isEqualTo("hub");
    assertThat(read.credential("old.example").username()).isEqualTo("old");
    assertThat(read.credential("new.example:5000").username()).isEqualTo("new");
    assertThat(Logins.all(Credentials.NONE)).isEmpty();
  }

  @Test
  void withoutLoginsThereIsNoHeader() {
    assertThat(logins("FROM base\n", Map.of())).isEmpty();
    assertThat(asked).containsExactly("docker.io");
  }
}
