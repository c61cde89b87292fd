package dev.jcompose.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.BoundPort;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.Endpoint;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.Healthcheck;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.NetworkSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFilesTest {
  @TempDir Path directory;

  @Test
  void readsBackWhatItWroteOfAContainer() {
    ContainerSpec spec =
        ContainerSpec.ofImage("jcompose/base")
            .withMounts(
                List.of(
                    new MountRequest.Bind("/src", "/a", true, true, "", false, true, "/src:/a:ro"),
                    new MountRequest.NamedVolume(
                        "v", "/b", false, true, "", "", Map.of("o", "bind"), Map.of(), null),
                    new MountRequest.Tmpfs("/c", false, 1024, 01777, null),
                    new MountRequest.Image("assets:1", "/d", "sub")))
            .withHealthcheck(
                new Healthcheck(
                    List.of("CMD", "true"),
                    Duration.ofMillis(1500),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    3))
            .withLabels(Map.of("k", "v"));
    Instant now = Instant.parse("2026-01-02T03:04:05.123456789Z");
    ContainerRecord container =
        new ContainerRecord(
            "0".repeat(64),
            "web",
            now,
            spec,
            "sha256:1",
            List.of("sleep", "1"),
            List.of(
                new MountPoint(
                    MountPoint.Kind.VOLUME, "v", "/s", "/b", "local", "z", true, "", false),
                new MountPoint(
                    MountPoint.Kind.IMAGE,
                    "sha256:2",
                    "assets:1",
                    "/d",
                    "",
                    "",
                    false,
                    "",
                    false,
                    "sub")),
            new ContainerState(
                ContainerState.Status.RUNNING,
                42,
                99,
                0,
                "",
                now,
                null,
                false,
                false,
                Health.STARTING),
            List.of(Endpoint.wanted("net", NetworkSettings.Attachment.PLAIN)),
            List.of(new BoundPort(80, "tcp", "0.0.0.0", 8080)),
            0);
    Path file = directory.resolve("state.json");
    StateFiles.write(file, container);
    assertThat(StateFiles.read(file, ContainerRecord.class)).contains(container);
  }

  @Test
  void leavesNothingBesideTheFile() throws Exception {
    Path file = directory.resolve("x.json");
    StateFiles.write(file, List.of("a"));
    StateFiles.write(file, List.of("b"));
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
    assertThat(Files.readString(file)).isEqualTo("[\"b\"]");
  }

  @Test
  void missingFileIsEmpty() {
    assertThat(StateFiles.read(directory.resolve("none"), String.class)).isEmpty();
  }
}
