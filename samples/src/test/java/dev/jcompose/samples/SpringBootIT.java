package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls that Spring Boot makes, with its flags and in its order, and the fields it reads from
 * the answers: jcompose as docker's plugin, the engine as docker's.
 */
class SpringBootIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    Jcompose.installAsPlugin(folder.resolve("config"));
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: spring
        services:
          redis:
            image: jcompose/base
            init: true
            command: sleep 1000
            ports: ["6379"]
            environment: {PASSWORD: secret}
            labels: {org.springframework.boot.service-connection: redis}
          tool: {image: jcompose/base, profiles: [tools]}
        """);
    assumeTrue(
        shell("docker --version").exitCode() == 0,
        "SKIPPED: there is no docker program, which Spring Boot calls; .ci/run installs it");
  }

  private Result shell(String line) {
    return JCOMPOSE.shell(
        folder,
        "export DOCKER_CONFIG=$PWD/config JCOMPOSE_ROOT="
            + JCOMPOSE.root()
            + " DOCKER_HOST=unix://"
            + JCOMPOSE.root().resolve("run/engine.sock")
            + "; "
            + line);
  }

  private static JsonObject json(String text) {
    return Json.object(text.strip());
  }

  /** One object a line, or an array of them: Spring Boot takes both. */
  private static List<JsonObject> rows(String text) {
    return text.lines().map(SpringBootIT::json).toList();
  }

  private Result compose(String words) {
    return shell("docker compose --file compose.yaml --ansi never " + words);
  }

  @Test
  void isAnsweredAsItExpects() {
    JCOMPOSE.run("engine", "start").succeeded();
    assertThat(shell("docker version --format '{{.Client.Version}}'").succeeded().stdout())
        .isNotBlank();
    assertThat(
            json(shell("docker compose version --format json").succeeded().stdout())
                .string("version"))
        .matches("v?\\d+\\.\\d+.*");
    assertThat(rows(shell("docker context ls --format='{{ json . }}'").succeeded().stdout()))
        .isNotEmpty()
        .allMatch(row -> !row.string("Name").isEmpty());

    JsonObject config = json(compose("config --format=json").succeeded().stdout());
    assertThat(config.string("name")).isEqualTo("spring");
    assertThat(config.object("services").object("redis").string("image"))
        .isEqualTo("jcompose/base");
    assertThat(config.object("services").names()).containsExactly("redis");
    JsonObject all = json(compose("--profile tools config --format=json").succeeded().stdout());
    assertThat(all.object("services").names()).containsExactlyInAnyOrder("redis", "tool");

    assertThat(compose("ps --orphans=false --format=json").succeeded().stdout()).isEmpty();
    compose("up --no-color --detach --wait").succeeded();
    JsonObject row =
        rows(compose("ps --orphans=false --format=json").succeeded().stdout()).getFirst();
    assertThat(row.string("Name")).isEqualTo("spring-redis-1");
    assertThat(row.string("Image")).isEqualTo("jcompose/base");
    assertThat(row.string("State")).isEqualTo("running");
    assertThat(compose("ps --format=json").succeeded().stdout()).contains(row.string("ID"));

    JsonObject inspected =
        json(
            shell("docker inspect --format='{{ json . }}' " + row.string("ID"))
                .succeeded()
                .stdout());
    assertThat(inspected.string("Id")).startsWith(row.string("ID"));
    JsonObject settings = inspected.object("Config");
    assertThat(settings.string("Image")).isEqualTo("jcompose/base");
    assertThat(settings.object("Labels").string("org.springframework.boot.service-connection"))
        .isEqualTo("redis");
    assertThat(settings.strings("Env")).contains("PASSWORD=secret");
    assertThat(settings.object("ExposedPorts").names()).contains("6379/tcp");
    assertThat(inspected.object("HostConfig").string("NetworkMode")).isEqualTo("spring_default");
    assertThat(inspected.object("NetworkSettings").object("Ports").objects("6379/tcp"))
        .anyMatch(
            port ->
                port.string("HostIp").equals("0.0.0.0") && port.string("HostPort").matches("\\d+"));

    compose("logs").succeeded();
    compose("stop --timeout 10").succeeded();
    assertThat(compose("ps --orphans=false --format=json").succeeded().stdout()).isEmpty();
    compose("start").succeeded();
    compose("down --timeout 0").succeeded();
  }

  @Test
  void seesThatThereIsNoEngine() {
    JCOMPOSE.run("engine", "stop").succeeded();
    Result refused = shell("docker version --format '{{.Client.Version}}'");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.stderr()).contains("Cannot connect to the Docker daemon");
  }
}
