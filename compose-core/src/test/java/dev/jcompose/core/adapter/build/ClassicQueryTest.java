package dev.jcompose.core.adapter.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.port.build.BuildSpec;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassicQueryTest {
  private static final BuildSpec.Caching USUAL =
      new BuildSpec.Caching(false, List.of(), false, List.of(), List.of());
  private static final BuildSpec.Sandbox PLAIN =
      new BuildSpec.Sandbox(null, List.of(), 0, List.of(), 0, false, List.of(), false);

  private static BuildSpec spec(BuildSpec.Caching caching, BuildSpec.Sandbox sandbox) {
    return new BuildSpec(
        "app",
        "/context",
        "Dockerfile",
        null,
        Map.of(),
        Map.of(),
        List.of(),
        "prod",
        Map.of("a", "b c"),
        List.of("one", "two:3"),
        caching,
        sandbox,
        Map.of(),
        Map.of(),
        "linux/arm64",
        false);
  }

  private static List<String> parameters(String query) {
    assertThat(query).startsWith("/build?");
    return List.of(query.substring("/build?".length()).split("&")).stream()
        .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void whatIsNotAskedForIsNotSaid() {
    assertThat(parameters(ClassicQuery.of(spec(USUAL, PLAIN), "d/f", "", Map.of()).toString()))
        .containsExactlyInAnyOrder(
            "version=1",
            "dockerfile=d/f",
            "rm=1",
            "forcerm=1",
            "t=one",
            "t=two:3",
            "target=prod",
            "platform=linux/arm64",
            "labels={\"a\":\"b c\"}");
  }

  @Test
  void everythingElseHasItsParameter() {
    BuildSpec.Caching caching =
        new BuildSpec.Caching(true, List.of(), true, List.of("base:1"), List.of());
    BuildSpec.Sandbox sandbox =
        new BuildSpec.Sandbox(
            "host",
            List.of("a=10.0.0.1", "b=::1"),
            32,
            List.of("nofile=1:2"),
            64,
            false,
            List.of(),
            false);
    assertThat(
            parameters(
                ClassicQuery.of(spec(caching, sandbox), "", "https://x/y.git#z", Map.of("A", "1&2"))
                    .toString()))
        .contains(
            "remote=https://x/y.git#z",
            "nocache=1",
            "pull=1",
            "networkmode=host",
            "extrahosts=a:10.0.0.1",
            "extrahosts=b:::1",
            "shmsize=32",
            "memory=64",
            "buildargs={\"A\":\"1&2\"}",
            "cachefrom=[\"base:1\"]",
            "ulimits=[{\"Name\":\"nofile\",\"Soft\":1,\"Hard\":2}]")
        .noneMatch(parameter -> parameter.startsWith("dockerfile="));
  }
}
