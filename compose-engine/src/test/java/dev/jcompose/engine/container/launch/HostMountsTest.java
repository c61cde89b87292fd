package dev.jcompose.engine.container.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostMountsTest {
  private final HostMounts mounts =
      HostMounts.of(
          List.of(
              "20 1 8:1 / / rw,relatime shared:1 - ext4 /dev/root rw",
              "30 20 8:2 / /data rw,relatime - ext4 /dev/data rw",
              "31 30 8:2 /a /data/with\\040space rw master:4 propagate_from:2 - ext4 /dev/data rw",
              "32 30 8:2 / /data/twice rw - ext4 /dev/data rw",
              "33 32 8:2 / /data/twice rw shared:9 master:4 - ext4 /dev/data rw"));

  @Test
  void theMountThatASourceLiesOnDecides() {
    assertThatCode(() -> mounts.requireShared(Path.of("/srv"))).doesNotThrowAnyException();
    assertThatCode(() -> mounts.requireShared(Path.of("/data/twice/x"))).doesNotThrowAnyException();
    assertThatCode(() -> mounts.requireReceiving(Path.of("/data/with space")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> mounts.requireShared(Path.of("/data/with space/x")))
        .hasMessageContaining("/data/with space but it is not a shared mount");
    assertThatThrownBy(() -> mounts.requireReceiving(Path.of("/data/x")))
        .hasMessageContaining("is mounted on /data but it is not a shared or slave mount");
  }
}
