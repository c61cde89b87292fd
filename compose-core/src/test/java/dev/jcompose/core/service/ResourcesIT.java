package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a service may use, read from its own control groups. */
class ResourcesIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  @BeforeAll
  static void version1() {
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/memory")),
        "SKIPPED: the files read here are those of control groups version 1");
  }

  /** Reads files of the service's own groups, which are all it sees of the machine's. */
  private static String figures(String attributes, String... files) throws Exception {
    StringBuilder script = new StringBuilder();
    for (String file : files) {
      String controller = file.substring(0, file.indexOf('.'));
      script.append("cat /sys/fs/cgroup/").append(controller).append('/').append(file).append('\n');
    }
    return RUN.output(attributes, script.toString());
  }

  @Test
  void limitsMemory() throws Exception {
    assertThat(
            figures(
                "mem_limit: 64m\nmem_reservation: 32m\nmem_swappiness: 10",
                "memory.limit_in_bytes",
                "memory.soft_limit_in_bytes",
                "memory.swappiness"))
        .isEqualTo("67108864\n33554432\n10\n");
  }

  @Test
  void limitsSwapWhereTheMachineHasIt() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes")),
        "SKIPPED: this kernel does not account swap");
    assertThat(figures("mem_limit: 64m\nmemswap_limit: 96m", "memory.memsw.limit_in_bytes"))
        .isEqualTo("100663296\n");
  }

  @Test
  void limitsProcessors() throws Exception {
    assertThat(figures("cpus: 0.5", "cpu.cfs_period_us", "cpu.cfs_quota_us"))
        .isEqualTo("100000\n50000\n");
    RUN.afterEach(null);
    assertThat(
            figures(
                "cpu_shares: 512\ncpu_period: 50000\ncpu_quota: 25000\ncpuset: '0'",
                "cpu.shares",
                "cpu.cfs_period_us",
                "cpu.cfs_quota_us",
                "cpuset.cpus"))
        .isEqualTo("512\n50000\n25000\n0\n");
  }

  @Test
  void limitsProcesses() throws Exception {
    assertThat(figures("pids_limit: 17", "pids.max")).isEqualTo("17\n");
    RUN.afterEach(null);
    assertThat(
            figures(
                "deploy: {resources: {limits: {pids: 18, memory: 50M, cpus: '0.25'}}}",
                "pids.max",
                "memory.limit_in_bytes",
                "cpu.cfs_quota_us"))
        .isEqualTo("18\n52428800\n25000\n");
  }

  @Test
  void throttlesDisks() throws Exception {
    Path disk = Path.of("/dev/vda");
    assumeTrue(Files.exists(disk), "SKIPPED: the test throttles /dev/vda");
    assertThat(
            figures(
                """
                blkio_config:
                  device_read_bps: [{path: /dev/vda, rate: 12mb}]
                  device_write_iops: [{path: /dev/vda, rate: 77}]
                """,
                "blkio.throttle.read_bps_device",
                "blkio.throttle.write_iops_device"))
        .endsWith(" 77\n")
        .contains(" 12582912\n");
  }

  @Test
  void weighsDisks() throws Exception {
    String seen =
        RUN.output(
            "blkio_config: {weight: 300}",
            "cd /sys/fs/cgroup/blkio; cat blkio.weight blkio.bfq.weight 2>/dev/null || echo none");
    assumeTrue(!seen.equals("none\n"), "SKIPPED: this kernel cannot weigh disks");
    assertThat(seen).contains("300");
  }

  @Test
  void turnsTheOutOfMemoryKillerOff() throws Exception {
    assertThat(figures("oom_kill_disable: true\nmem_limit: 64m", "memory.oom_control"))
        .startsWith("oom_kill_disable 1\n");
  }

  @Test
  void livesBelowTheGroupThatWasAskedFor() throws Exception {
    assertThat(RUN.output("cgroup_parent: it-parent", "cat /proc/self/cgroup"))
        .contains(":memory:/it-parent/");
    RUN.afterEach(null);
    // A parent that somebody names is theirs, so the engine leaves it.
    for (String hierarchy : Objects.requireNonNull(Path.of("/sys/fs/cgroup").toFile().list())) {
      Files.deleteIfExists(Path.of("/sys/fs/cgroup", hierarchy, "it-parent"));
    }
  }

  @Test
  void hasAsMuchSharedMemoryAsAskedFor() throws Exception {
    assertThat(RUN.output("shm_size: 3m", "df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2"))
        .isEqualTo("3072\n");
  }
}
