package dev.jcompose.engine.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Architecture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeccompFiltersTest {
  private static final int ALLOW = 0x7fff0000;
  private static final int EPERM = 0x00050001;
  private static final int ENOSYS = 0x00050026;
  private static final int X32_BIT = 0x40000000;
  private static final Set<String> USUAL = Set.of("CAP_SYS_CHROOT", "CAP_CHOWN", "CAP_NET_RAW");

  private final BpfMachine x86 = machine(Architecture.X86_64, USUAL);

  private static BpfMachine machine(Architecture architecture, Set<String> capabilities) {
    return new BpfMachine(
        new SeccompFilters(architecture, "6.1.0-13-amd64")
            .compile(new SeccompProfile.Standard(), capabilities)
            .orElseThrow());
  }

  private int ask(FilterArchitecture how, String call, long... arguments) {
    int number = java.util.Objects.requireNonNull(how.calls().get(call), call);
    return x86.run(
            how.auditNumber(), how == FilterArchitecture.X32 ? number | X32_BIT : number, arguments)
        .value();
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void answersEveryCallAsTheProfileSays(Architecture architecture) {
    BpfMachine machine = machine(architecture, USUAL);
    List<FilterArchitecture> ways = FilterArchitecture.of(architecture);
    Map<String, Verdict> verdicts =
        new ProfileReader(
                SeccompFilters.standard(), ways.getFirst(), USUAL::contains, "6.1.0-13-amd64")
            .verdicts();
    for (FilterArchitecture way : ways) {
      way.calls()
          .forEach(
              (name, number) -> {
                Verdict verdict = verdicts.getOrDefault(name, new Verdict(List.of(), EPERM));
                if (verdict.rules().isEmpty()) {
                  int asked = way == FilterArchitecture.X32 ? number | X32_BIT : number;
                  assertThat(machine.run(way.auditNumber(), asked).value())
                      .as("%s by %s", name, way)
                      .isEqualTo(verdict.otherwise());
                }
              });
    }
  }

  @Test
  void refusesWhatReachesTheHost() {
    Set<String> refused = new TreeSet<>();
    FilterArchitecture.X86_64
        .calls()
        .forEach(
            (name, number) -> {
              if (x86.run(FilterArchitecture.X86_64.auditNumber(), number).value() != ALLOW) {
                refused.add(name);
              }
            });
    assertThat(refused)
        .containsExactlyInAnyOrder(
            "_sysctl",
            "acct",
            "add_key",
            "afs_syscall",
            "bpf",
            "clock_settime",
            "clone3",
            "create_module",
            "delete_module",
            "fanotify_init",
            "finit_module",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "get_kernel_syms",
            "get_mempolicy",
            "getpmsg",
            "init_module",
            "io_uring_enter",
            "io_uring_register",
            "io_uring_setup",
            "ioperm",
            "iopl",
            "kcmp",
            "kexec_file_load",
            "kexec_load",
            "keyctl",
            "listmount",
            "lookup_dcookie",
            "mbind",
            "migrate_pages",
            "mount",
            "mount_setattr",
            "move_mount",
            "move_pages",
            "nfsservctl",
            "open_by_handle_at",
            "open_tree",
            "open_tree_attr",
            "perf_event_open",
            "pidfd_getfd",
            "pivot_root",
            "process_madvise",
            "putpmsg",
            "query_module",
            "quotactl",
            "quotactl_fd",
            "reboot",
            "request_key",
            "security",
            "set_mempolicy",
            "set_mempolicy_home_node",
            "setdomainname",
            "sethostname",
            "setns",
            "settimeofday",
            "statmount",
            "swapoff",
            "swapon",
            "sysfs",
            "syslog",
            "tuxcall",
            "umount2",
            "unshare",
            "uprobe",
            "uselib",
            "userfaultfd",
            "ustat",
            "vhangup",
            "vserver");
  }

  @Test
  void allowsProcessesButNoNewNamespaces() {
    assertThat(ask(FilterArchitecture.X86_64, "clone", 0x11)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "clone", 0x10000011)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X86_64, "clone", 0x20000)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X86_64, "clone3")).isEqualTo(ENOSYS);
  }

  @Test
  void refusesSocketsOfTheKernelsCryptographyHoweverTheyAreAskedFor() {
    assertThat(ask(FilterArchitecture.X86_64, "socket", 2)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "socket", 38)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X86_64, "socket", 39)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "socket", 40)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X86_64, "socket", 41)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "socket", 0x1_0000_0026L)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X32, "socket", 38)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.I386, "socket", 38)).isEqualTo(EPERM);
  }

  @Test
  void comparesWholeArguments() {
    assertThat(ask(FilterArchitecture.X86_64, "personality", 0)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "personality", 0xffffffffL)).isEqualTo(ALLOW);
    assertThat(ask(FilterArchitecture.X86_64, "personality", 0x0040000L)).isEqualTo(EPERM);
    assertThat(ask(FilterArchitecture.X86_64, "personality", 0x1_0000_0000L)).isEqualTo(EPERM);
  }

  @Test
  void opensGroupsForCapabilities() {
    BpfMachine administrator = machine(Architecture.X86_64, Set.of("CAP_SYS_ADMIN"));
    int audit = FilterArchitecture.X86_64.auditNumber();
    Map<String, Integer> calls = FilterArchitecture.X86_64.calls();
    assertThat(administrator.run(audit, number(calls, "mount")).value()).isEqualTo(ALLOW);
    assertThat(administrator.run(audit, number(calls, "clone"), 0x20000).value()).isEqualTo(ALLOW);
    assertThat(administrator.run(audit, number(calls, "clone3")).value()).isEqualTo(ALLOW);
    assertThat(administrator.run(audit, number(calls, "reboot")).value()).isEqualTo(EPERM);
  }

  private static int number(Map<String, Integer> calls, String name) {
    return java.util.Objects.requireNonNull(calls.get(name));
  }

  @Test
  void saysThatNewerCallsDoNotExist() {
    int audit = FilterArchitecture.X86_64.auditNumber();
    assertThat(x86.run(audit, 2000).value()).isEqualTo(ENOSYS);
    assertThat(x86.run(audit, -1).value()).isEqualTo(ENOSYS);
  }

  @Test
  void endsProgramsOfAnUnknownArchitecture() {
    assertThat(x86.run(0x12345678, 0).value()).isEqualTo(0x80000000);
  }

  @Test
  void answersInFewSteps() {
    int audit = FilterArchitecture.X86_64.auditNumber();
    int worst =
        FilterArchitecture.X86_64.calls().values().stream()
            .mapToInt(number -> x86.run(audit, number).steps())
            .max()
            .orElseThrow();
    assertThat(worst).isLessThan(30);
    assertThat(x86.instructions()).isLessThan(900);
  }

  @Test
  void refusesAnActionItCannotCarryOut() {
    SeccompProfile profile =
        new SeccompProfile.Custom(
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":"
                + "[{\"names\":[\"mkdir\"],\"action\":\"SCMP_ACT_NOTIFY\"}]}");
    assertThatThrownBy(
            () -> new SeccompFilters(Architecture.X86_64, "6.1").compile(profile, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SCMP_ACT_NOTIFY");
  }

  @Test
  void usesAProfileOfTheUser() {
    SeccompProfile profile =
        new SeccompProfile.Custom(
            "{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\"],"
                + "\"action\":\"SCMP_ACT_ERRNO\",\"errnoRet\":13,\"args\":"
                + "[{\"index\":1,\"value\":448,\"op\":\"SCMP_CMP_GT\"},"
                + "{\"index\":0,\"value\":8589934592,\"op\":\"SCMP_CMP_LE\"}]}]}");
    BpfMachine machine =
        new BpfMachine(
            new SeccompFilters(Architecture.X86_64, "6.1")
                .compile(profile, Set.of())
                .orElseThrow());
    int audit = FilterArchitecture.X86_64.auditNumber();
    int mkdir = number(FilterArchitecture.X86_64.calls(), "mkdir");
    int refused = 0x0005000d;
    assertThat(machine.run(audit, mkdir, 0, 448).value()).isEqualTo(ALLOW);
    assertThat(machine.run(audit, mkdir, 0, 449).value()).isEqualTo(refused);
    assertThat(machine.run(audit, mkdir, 0, 1L << 40).value()).isEqualTo(refused);
    assertThat(machine.run(audit, mkdir, 8589934592L, 449).value()).isEqualTo(refused);
    assertThat(machine.run(audit, mkdir, 8589934593L, 449).value()).isEqualTo(ALLOW);
  }

  @Test
  void comparesReleasesByNumbers() {
    assertThat(ProfileReader.compareReleases("5.10.0", "5.9")).isPositive();
    assertThat(ProfileReader.compareReleases("4.8", "4.8")).isZero();
    assertThat(ProfileReader.compareReleases("4.7-rc1", "4.8")).isNegative();
  }
}
