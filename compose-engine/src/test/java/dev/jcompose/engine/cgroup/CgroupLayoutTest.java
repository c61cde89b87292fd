package dev.jcompose.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {

  @Test
  void findsVersionTwo() {
    CgroupLayout layout =
        CgroupLayout.parse(
            "35 24 0:30 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n");
    assertThat(layout.unified()).isTrue();
    assertThat(layout.hierarchies())
        .containsExactly(new Hierarchy(Path.of("/sys/fs/cgroup"), true, List.of()));
  }

  @Test
  void findsControllersOfVersionOneAndTheTreeBesideThem() {
    CgroupLayout layout =
        CgroupLayout.parse(
            """
            31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:1 - cgroup cgroup rw,cpu,cpuacct
            35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,xattr,name=systemd
            41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """);
    assertThat(layout.unified()).isFalse();
    assertThat(layout.of("cpuacct"))
        .hasValueSatisfying(
            found -> assertThat(found.mountPoint()).hasToString("/sys/fs/cgroup/cpu,cpuacct"));
    assertThat(layout.hierarchies())
        .extracting(Hierarchy::controllers)
        .containsExactly(
            List.of("cpu", "cpuacct"), List.of("memory"), List.of("name=systemd"), List.of());
    assertThat(layout.of("pids")).isEmpty();
  }
}
