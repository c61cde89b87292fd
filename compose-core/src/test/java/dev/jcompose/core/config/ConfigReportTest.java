package dev.jcompose.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.ProjectLoader;
import dev.jcompose.core.problem.ComposeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReportTest {
  @TempDir Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: shop
        services:
          web:
            image: nginx:${TAG:-1.27}
            command: one two
            profiles: [""]
          db:
            build: .
            environment: [KEY, "A=${HOST:?needed}"]
            volumes: ["data:/data"]
          debug: {image: tools, profiles: [debug]}
        volumes: {data: }
        """);
    Files.writeString(
        folder.resolve("compose.override.yaml"),
        "services: {web: {image: 'nginx:${TAG}', command: [three]}}\n");
    Files.writeString(folder.resolve(".env"), "\nTAG=1.28\n");
  }

  private ConfigReport report(Set<LoadRequest.Skip> skips) throws ComposeException {
    return new ConfigReport(
        ProjectLoader.load(
            new LoadRequest(
                folder,
                Map.of("HOST", "here"),
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                skips)));
  }

  @Test
  void listsWhatAProjectHas() throws ComposeException {
    ConfigReport report = report(Set.of());
    assertThat(report.services()).containsExactly("db", "web");
    assertThat(report.volumes()).containsExactly("data");
    assertThat(report.networks()).containsExactly("default");
    assertThat(report.models()).isEmpty();
    assertThat(report.profiles()).containsExactly("", "debug");
    assertThat(report.images()).containsExactly("nginx:1.28", "shop-db");
    assertThat(report.images("_")).containsExactly("nginx:1.28", "shop_db");
    assertThat(report.environment())
        .containsExactly("COMPOSE_PROJECT_NAME=shop", "HOST=here", "TAG=1.28");
    assertThat(report.hashes("web,db"))
        .hasSize(2)
        .allMatch(line -> line.matches("\\w+ [0-9a-f]{64}"));
  }

  @Test
  void refusesHashesOfServicesThatAreNotThere() {
    assertThatThrownBy(() -> report(Set.of()).hashes("wbe"))
        .hasMessage("there is no service \"wbe\"; the services are db, web");
  }

  @Test
  void listsTheVariablesThatFilesUse() throws ComposeException {
    assertThat(report(ConfigReport.FOR_VARIABLES).variables())
        .containsExactly(
            new VariableUse("HOST", true, "", ""), new VariableUse("TAG", false, "", ""));
  }

  @Test
  void explainsAnOverriddenValueWithItsVariables() throws ComposeException {
    assertThat(report(Set.of()).explain("services.web.image"))
        .containsExactly(
            new Explanation(
                "services.web.image",
                "nginx:1.28",
                List.of(
                    "compose.override.yaml:1:25: nginx:${TAG}; TAG=1.28 from .env:2",
                    "instead of nginx:1.28, compose.yaml:4:12: nginx:${TAG:-1.27};"
                        + " TAG=1.28 from .env:2")));
  }

  @Test
  void explainsReplacedListsDefaultsAndWhatIsImplied() throws ComposeException {
    ConfigReport report = report(Set.of());
    assertThat(report.explain("services.web.command"))
        .containsExactly(
            new Explanation(
                "services.web.command",
                "[three]",
                List.of("compose.override.yaml:1:50", "instead of [one two], compose.yaml:5:14")));
    assertThat(report.explain("services.db.build.dockerfile"))
        .containsExactly(
            new Explanation("services.db.build.dockerfile", "Dockerfile", List.of("default")));
    assertThat(report.explain("volumes"))
        .containsExactly(new Explanation("volumes.data.name", "shop_data", List.of("implied")));
  }

  @Test
  void refusesToExplainNothing() {
    assertThatThrownBy(() -> report(Set.of()).explain("services.web.imag"))
        .hasMessageStartingWith("there is nothing at \"services.web.imag\"");
  }
}
