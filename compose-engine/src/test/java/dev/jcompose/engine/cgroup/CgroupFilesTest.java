package dev.jcompose.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written where, on trees of plain files. */
class CgroupFilesTest {
  @TempDir Path tree;

  private final Kernel kernel =
      (Kernel)
          Proxy.newProxyInstance(
              Kernel.class.getClassLoader(),
              new Class<?>[] {Kernel.class},
              (proxy, method, arguments) -> {
                throw new AssertionError("not expected: " + method.getName());
              });

  private Cgroup open(boolean unified, String... controllers) throws IOException {
    Path group = tree.resolve("parent/box");
    Files.createDirectories(group);
    CgroupLayout layout =
        new CgroupLayout(List.of(new Hierarchy(tree, unified, List.of(controllers))));
    return new Cgroups(kernel, layout).open(new CgroupSpec("/parent/box", Limits.NONE, List.of()));
  }

  private void files(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(tree.resolve("parent/box").resolve(name), "");
    }
  }

  private String content(String name) throws IOException {
    return Files.readString(tree.resolve("parent/box").resolve(name));
  }

  private static Limits everything() {
    return new Limits(
        100L << 20,
        150L << 20,
        50L << 20,
        null,
        false,
        1024L,
        50_000L,
        null,
        "0-1",
        "0",
        100L,
        500,
        List.of(new Limits.Throttle(Limits.Throttle.Kind.READ_BYTES, 8, 0, 1000)));
  }

  @Test
  void writesLimitsOfVersionTwo() throws Exception {
    Cgroup group = open(true);
    files(
        "memory.max",
        "memory.swap.max",
        "memory.low",
        "cpu.weight",
        "cpu.max",
        "cpuset.cpus",
        "cpuset.mems",
        "pids.max",
        "io.weight",
        "io.max",
        "cgroup.procs");
    group.apply(everything());
    assertThat(content("memory.max")).isEqualTo("104857600");
    assertThat(content("memory.swap.max")).isEqualTo("52428800");
    assertThat(content("memory.low")).isEqualTo("52428800");
    assertThat(content("cpu.weight")).isEqualTo("100");
    assertThat(content("cpu.max")).isEqualTo("50000 100000");
    assertThat(content("cpuset.cpus")).isEqualTo("0-1");
    assertThat(content("pids.max")).isEqualTo("100");
    assertThat(content("io.weight")).isEqualTo("4950");
    assertThat(content("io.max")).isEqualTo("8:0 rbps=1000");
    group.join(42);
    assertThat(content("cgroup.procs")).isEqualTo("42");
  }

  @Test
  void leavesSwapAloneWhereTheHostHasNone() throws Exception {
    Cgroup group = open(true);
    files("memory.max");
    group.apply(memory(1 << 20, 1 << 20));
    group.apply(memory(1 << 20, -1));
    assertThatThrownBy(() -> group.apply(memory(1 << 20, 2 << 20)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("memory.swap.max")
        .hasMessageContaining("the host does not have it");
  }

  private static Limits memory(long memory, long both) {
    return new Limits(
        memory, both, null, null, false, null, null, null, null, null, null, null, List.of());
  }

  @Test
  void writesLimitsOfVersionOne() throws Exception {
    Cgroup group = open(false, "memory", "cpu", "cpuset", "pids", "blkio");
    files(
        "memory.limit_in_bytes",
        "memory.memsw.limit_in_bytes",
        "memory.soft_limit_in_bytes",
        "cpu.shares",
        "cpu.cfs_quota_us",
        "cpu.cfs_period_us",
        "cpuset.cpus",
        "cpuset.mems",
        "pids.max",
        "blkio.bfq.weight",
        "blkio.throttle.read_bps_device");
    group.apply(everything());
    assertThat(content("memory.limit_in_bytes")).isEqualTo("104857600");
    assertThat(content("memory.memsw.limit_in_bytes")).isEqualTo("157286400");
    assertThat(content("cpu.shares")).isEqualTo("1024");
    assertThat(content("cpu.cfs_quota_us")).isEqualTo("50000");
    assertThat(content("blkio.bfq.weight")).isEqualTo("500");
    assertThat(content("blkio.throttle.read_bps_device")).isEqualTo("8:0 1000");
  }

  @Test
  void namesTheControllerAHostLacks() throws Exception {
    Cgroup group = open(false, "memory");
    files("memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "memory.soft_limit_in_bytes");
    assertThatThrownBy(() -> group.apply(everything()))
        .hasStackTraceContaining("controller \"cpu\"")
        .hasStackTraceContaining("remove it from the service");
  }

  @Test
  void readsCountersOfVersionTwo() throws Exception {
    Cgroup group = open(true);
    Path box = tree.resolve("parent/box");
    Files.writeString(box.resolve("cpu.stat"), "usage_usec 7\nuser_usec 4\nsystem_usec 3\n");
    Files.writeString(box.resolve("memory.current"), "1000\n");
    Files.writeString(box.resolve("memory.max"), "max\n");
    Files.writeString(box.resolve("memory.stat"), "anon 1\ninactive_file 300\n");
    Files.writeString(box.resolve("memory.events"), "oom 1\noom_kill 2\n");
    Files.writeString(box.resolve("pids.current"), "3\n");
    Files.writeString(box.resolve("io.stat"), "254:0 rbytes=10 wbytes=20 rios=1\n");
    CgroupStats stats = group.stats();
    assertThat(stats.cpu()).isEqualTo(7000);
    assertThat(stats.memory()).isEqualTo(1000);
    assertThat(stats.inactiveFile()).isEqualTo(300);
    assertThat(stats.memoryLimit()).isEqualTo(Long.MAX_VALUE);
    assertThat(stats.pids()).isEqualTo(3);
    assertThat(stats.blocks()).containsExactly(new CgroupStats.BlockTransfer(254, 0, 10, 20, 1, 0));
    assertThat(group.oomKills()).isEqualTo(2);
  }

  @Test
  void readsCountersOfVersionOne() throws Exception {
    Cgroup group = open(false, "memory", "cpu", "cpuacct", "pids", "blkio");
    Path box = tree.resolve("parent/box");
    Files.writeString(box.resolve("cpuacct.usage"), "900\n");
    Files.writeString(box.resolve("cpuacct.usage_percpu"), "400 500 \n");
    Files.writeString(box.resolve("cpuacct.stat"), "user 3\nsystem 2\n");
    Files.writeString(box.resolve("cpu.stat"), "nr_periods 9\nnr_throttled 4\nthrottled_time 77\n");
    Files.writeString(box.resolve("memory.usage_in_bytes"), "5000\n");
    Files.writeString(box.resolve("memory.max_usage_in_bytes"), "6000\n");
    Files.writeString(box.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
    Files.writeString(box.resolve("memory.failcnt"), "8\n");
    Files.writeString(box.resolve("memory.stat"), "cache 1\ntotal_inactive_file 300\n");
    Files.writeString(box.resolve("memory.oom_control"), "under_oom 0\noom_kill 1\n");
    Files.writeString(box.resolve("pids.current"), "3\n");
    Files.writeString(box.resolve("pids.max"), "max\n");
    Files.writeString(
        box.resolve("blkio.throttle.io_service_bytes_recursive"),
        "254:0 Read 10\n254:0 Write 20\n254:0 Sync 30\nTotal 30\n");
    Files.writeString(
        box.resolve("blkio.throttle.io_serviced_recursive"), "254:0 Read 1\n254:0 Write 2\n");
    assertThat(group.stats())
        .isEqualTo(
            new CgroupStats(
                1,
                900,
                30_000_000,
                20_000_000,
                List.of(400L, 500L),
                9,
                4,
                77,
                5000,
                6000,
                Long.MAX_VALUE,
                8,
                300,
                Map.of("cache", 1L, "total_inactive_file", 300L),
                3,
                Long.MAX_VALUE,
                List.of(new CgroupStats.BlockTransfer(254, 0, 10, 20, 1, 2))));
    assertThat(group.oomKills()).isEqualTo(1);
  }

  @Test
  void freezesAndThawsInVersionTwo() throws Exception {
    Cgroup group = open(true);
    files("cgroup.freeze");
    Files.writeString(tree.resolve("parent/box/cgroup.events"), "populated 1\nfrozen 1\n");
    group.freeze();
    assertThat(content("cgroup.freeze")).isEqualTo("1");
    group.thaw();
    assertThat(content("cgroup.freeze")).isEqualTo("0");
  }

  @Test
  void thawsAgainWhatDidNotFreezeInTime() throws Exception {
    Cgroup group = open(true);
    files("cgroup.freeze");
    Files.writeString(tree.resolve("parent/box/cgroup.events"), "populated 1\nfrozen 0\n");
    assertThatThrownBy(group::freeze)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("did not stop");
    assertThat(content("cgroup.freeze")).isEqualTo("0");
  }

  @Test
  void turnsSharesIntoWeights() {
    assertThat(CgroupV2.weight(2)).isEqualTo(1);
    assertThat(CgroupV2.weight(1024)).isEqualTo(100);
    assertThat(CgroupV2.weight(262144)).isEqualTo(10000);
  }
}
