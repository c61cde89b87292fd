package dev.jcompose.core.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Service;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HashesTest {
  private static Service service(String attributes) throws ComposeException {
    return Objects.requireNonNull(
        ProjectLoader.load(
                LoadRequest.ofText(
                    Path.of("/shop"), "services: {web: {image: alpine" + attributes + "}}"))
            .project()
            .services()
            .get("web"));
  }

  @Test
  void hashesTheTrivialServiceAsDockerComposeDoes() throws ComposeException {
    assertThat(service("").configHash().hex()).startsWith("1401a920");
  }

  @Test
  void leavesOutWhatNeedsNoNewContainers() throws ComposeException {
    assertThat(
            service(", scale: 3, pull_policy: always, profiles: [''], build: ., deploy: {}")
                .configHash())
        .isEqualTo(service(", deploy: {replicas: 3}").configHash());
  }

  @Test
  void changesWithTheEnvironment() throws ComposeException {
    assertThat(service(", environment: [A=1]").configHash())
        .isNotEqualTo(service(", environment: [A=2]").configHash());
  }
}
