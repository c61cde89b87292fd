package dev.jcompose.engine.container.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.runtime.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserLookupTest {
  @TempDir Path upper;
  @TempDir Path lower;
  private UserLookup users = new UserLookup(new LayeredFiles(List.of()));

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(lower.resolve("etc"));
    Files.writeString(
        lower.resolve("etc/passwd"),
        "root:x:0:0:root:/root:/bin/sh\napp:x:1000:1001:App:/home/app:/bin/sh\nbroken line\n");
    Files.createDirectories(lower.resolve("real"));
    Files.writeString(
        lower.resolve("real/group"), "root:x:0:\napp:x:1001:\naudio:x:29:app,other\n");
    // Followed inside the layers, as the container would.
    Files.createSymbolicLink(lower.resolve("etc/group"), Path.of("/real/group"));
    users = new UserLookup(new LayeredFiles(List.of(upper, lower)));
  }

  @Test
  void anEmptyTextIsRoot() {
    assertThat(users.identity("", List.of())).isEqualTo(new Identity(0, 0, List.of(0), "/root"));
  }

  @Test
  void aNameBringsItsGroupsAndHome() {
    assertThat(users.identity("app", List.of()))
        .isEqualTo(new Identity(1000, 1001, List.of(29, 1001), "/home/app"));
    assertThat(users.identity("1000", List.of("audio", "77")).groups())
        .containsExactly(29, 77, 1001);
  }

  @Test
  void aGroupThatIsWrittenReplacesThoseOfTheUser() {
    assertThat(users.identity("app:audio", List.of()))
        .isEqualTo(new Identity(1000, 29, List.of(29), "/home/app"));
    assertThat(users.identity("5:6", List.of())).isEqualTo(new Identity(5, 6, List.of(6), "/"));
  }

  @Test
  void aNameThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> users.identity("nobody-here", List.of()))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("unable to find user nobody-here");
    assertThatThrownBy(() -> users.identity("app:nogroup", List.of()))
        .hasMessageContaining("unable to find group nogroup");
  }

  @Test
  void theUppermostLayerWinsAndLinksDoNotLeaveTheLayers() throws IOException {
    Files.createDirectories(upper.resolve("etc"));
    Files.writeString(upper.resolve("etc/passwd"), "app:x:7:7::/seven:/bin/sh\n");
    assertThat(users.identity("app", List.of()).uid()).isEqualTo(7);
    Files.createSymbolicLink(upper.resolve("out"), Path.of("/../../../../etc/passwd"));
    assertThat(new LayeredFiles(List.of(upper, lower)).find("/out").orElseThrow().onHost())
        .isEqualTo(upper.resolve("etc/passwd"));
  }
}
