package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** jcompose where others look for docker compose: as docker's plugin, and as docker-compose. */
class DockerComposeNameIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path folder;

  @BeforeEach
  void install() throws IOException {
    Jcompose.installAsPlugin(folder.resolve("config"));
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: named
        services:
          web:
            image: jcompose/base
            command: sleep 1000
            init: true
            stop_grace_period: 0s
          other: {image: jcompose/base, profiles: [more]}
        """);
  }

  @Test
  void standsAlone() {
    String program = "./config/cli-plugins/docker-compose ";
    assertThat(shell(program + "-v").succeeded().stdout()).startsWith("jcompose ");
    assertThat(shell(program + "version --format json").succeeded().stdout())
        .startsWith("{\"version\":\"");
    assertThat(shell(program + "--ansi never ls -q").succeeded().stdout()).isEmpty();
    Jcompose.Result refused = shell(program + "--tlsverify ps");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.stderr()).contains("--tlsverify has no effect here");
  }

  @Test
  void answersWhatFrameworksAsk() {
    // The calls of Spring Boot, java facts 5.3.
    String program = "./config/cli-plugins/docker-compose --file compose.yaml --ansi never ";
    assertThat(shell(program + "--profile more config --format=json").succeeded().stdout())
        .contains("\"name\": \"named\"")
        .contains("\"image\": \"jcompose/base\"")
        .contains("\"other\"");
    shell(program + "up --no-color --detach --wait").succeeded();
    assertThat(shell(program + "ps --orphans=false --format=json").succeeded().stdout())
        .contains("\"Name\":\"named-web-1\"")
        .contains("\"State\":\"running\"");
    shell(program + "stop --timeout 10").succeeded();
    shell(program + "start").succeeded();
    shell(program + "down --timeout 0").succeeded();
  }

  @Test
  void isAPluginOfDocker() {
    assumeTrue(isOnPath("docker"), "SKIPPED: there is no docker program to be a plugin of");
    String docker = "DOCKER_CONFIG=$PWD/config docker ";
    assertThat(
            shell(docker + "info -f '{{range .ClientInfo.Plugins}}{{.Name}} {{.Vendor}};{{end}}'")
                .stdout())
        .contains("compose jcompose;");
    assertThat(shell(docker + "compose version").succeeded().stdout()).startsWith("jcompose ");
    shell(docker + "compose up -d").succeeded();
    assertThat(shell(docker + "compose ps --format '{{.Name}}'").succeeded().stdout())
        .isEqualTo("named-web-1\n");
    assertThat(shell(docker + "compose exec web echo inside").succeeded().stdout())
        .isEqualTo("inside\n");
    String socket = "unix://" + JCOMPOSE.root().resolve("run/engine.sock");
    assertThat(shell(docker + "-H " + socket + " compose ps -q | wc -l").succeeded().stdout())
        .isEqualTo("1\n");
    Jcompose.Result failed = shell(docker + "compose exec web sh -c 'exit 7'");
    assertThat(failed.exitCode()).isEqualTo(7);
    shell(docker + "compose down -t 0").succeeded();
  }

  private Jcompose.Result shell(String line) {
    return JCOMPOSE.shell(folder, "export JCOMPOSE_ROOT=" + JCOMPOSE.root() + "; " + line);
  }

  private static boolean isOnPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
