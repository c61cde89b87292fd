package dev.jcompose.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.jcompose.cli.engine.EnginePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine made of files, well but for one thing at a time. */
class DoctorTest {
  @TempDir Path root;
  private @Nullable String iptables;

  @BeforeEach
  void aMachineWhereAllIsWell() throws IOException {
    write("/proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
    for (String name : List.of("mnt", "pid", "net", "uts", "ipc", "cgroup")) {
      write("/proc/self/ns/" + name, "");
    }
    write("/proc/filesystems", "nodev\tsysfs\nnodev\toverlay\n");
    write(
        "/lib/modules/6.1.0-18-amd64/modules.dep",
        """
        kernel/drivers/net/veth.ko:
        kernel/net/bridge/bridge.ko.xz: kernel/net/llc/llc.ko
        kernel/net/netfilter/nf_tables.ko:
        kernel/net/netfilter/nft_chain_nat.ko:
        """);
    write("/proc/sys/kernel/seccomp/actions_avail", "kill_process errno allow\n");
    write("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
    write("/sys/fs/cgroup/cgroup.subtree_control", "");
    write("/proc/sys/net/ipv4/ip_forward", "1\n");
    write("/etc/resolv.conf", "nameserver 192.0.2.1\n");
    write("/proc/sys/kernel/pid_max", "4194304\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Finding> unwell() {
    return Doctor.machine(new Host(root, command -> Optional.ofNullable(iptables))).stream()
        .filter(finding -> finding.state() != Finding.State.OK)
        .toList();
  }

  private void only(String check, Finding.State state, String mend) {
    assertThat(unwell())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.check()).isEqualTo(check);
              assertThat(finding.state()).isEqualTo(state);
              assertThat(finding.mend()).contains(mend);
            });
  }

  @Test
  void findsNothingWhereAllIsWell() {
    assertThat(unwell()).isEmpty();
  }

  @Test
  void refusesAKernelOlderThanTheYoungestCallAContainerNeeds() throws IOException {
    write(
        "/lib/modules/5.11.22/modules.dep",
        "a/veth.ko: a/bridge.ko: a/nf_tables.ko: a/nft_chain_nat.ko:");
    write("/proc/sys/kernel/osrelease", "5.11.22\n");
    only("kernel", Finding.State.MISSING, "newer kernel");
  }

  @Test
  void missesAPartOfTheKernelThatNoListNames() throws IOException {
    write("/proc/filesystems", "nodev\tsysfs\n");
    only("kernel overlay", Finding.State.MISSING, "CONFIG_OVERLAY_FS");
  }

  @Test
  void saysSoWhenTheMachineDoesNotTellWhichPartsItsKernelHas() throws IOException {
    Files.delete(root.resolve("lib/modules/6.1.0-18-amd64/modules.dep"));
    assertThat(unwell())
        .extracting(Finding::check, Finding::state)
        .contains(tuple("kernel veth", Finding.State.NOTE));
  }

  @Test
  void missesNamespacesThatTheAdministratorForbids() throws IOException {
    write("/proc/sys/user/max_net_namespaces", "0\n");
    only("namespaces", Finding.State.MISSING, "sysctl -w user.max_net_namespaces");
  }

  @Test
  void missesSystemCallFilters() throws IOException {
    Files.delete(root.resolve("proc/sys/kernel/seccomp/actions_avail"));
    only("seccomp", Finding.State.MISSING, "CONFIG_SECCOMP_FILTER");
  }

  @Test
  void notesAControllerThatIsSwitchedOff() throws IOException {
    write("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu pids\n");
    only("cgroup controllers", Finding.State.NOTE, "cgroup_enable=memory");
  }

  @Test
  void missesControlGroupsThatNobodyMounted() throws IOException {
    Files.delete(root.resolve("sys/fs/cgroup/cgroup.controllers"));
    only("cgroups", Finding.State.MISSING, "mount -t cgroup2");
  }

  @Test
  void readsTheControllersOfVersionOneFromItsMounts() throws IOException {
    Files.delete(root.resolve("sys/fs/cgroup/cgroup.controllers"));
    write(
        "/proc/self/mountinfo",
        """
        31 23 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
        32 23 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        33 23 0:28 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset
        34 23 0:29 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
        """);
    only("cgroup devices", Finding.State.NOTE, "mount -t cgroup -o devices");
  }

  @Test
  void notesALimitThatIsLittleForManyContainers() throws IOException {
    write("/proc/sys/fs/inotify/max_user_instances", "8\n");
    only("fs.inotify.max_user_instances", Finding.State.NOTE, "=128");
  }

  @Test
  void notesForwardingThatIsOff() throws IOException {
    write("/proc/sys/net/ipv4/ip_forward", "0\n");
    only("ip_forward", Finding.State.NOTE, "net.ipv4.ip_forward=1");
  }

  @Test
  void notesTheFirewallOfARunningDockerUntilItLetsOurBridgesThrough() throws IOException {
    iptables = "-P FORWARD DROP\n-A FORWARD -j DOCKER-USER\n";
    only("firewall", Finding.State.NOTE, "iptables -I FORWARD -i jc-+ -j ACCEPT");
    write("/proc/sys/net/bridge/bridge-nf-call-iptables", "1\n");
    assertThat(unwell()).extracting(Finding::check).containsExactly("firewall", "bridge-nf");
    write("/proc/sys/net/bridge/bridge-nf-call-iptables", "0\n");
    iptables += "-A FORWARD -i jc-+ -j ACCEPT\n-A FORWARD -o jc-+ -j ACCEPT\n";
    assertThat(unwell()).isEmpty();
    write("/run/docker.pid", "1\n");
    only("docker", Finding.State.NOTE, "other ports");
  }

  @Test
  void namesAVariableThatLooksLikeASettingAndIsNone() {
    EnginePlace place = new EnginePlace(root, false, root.resolve("engine.sock"));
    assertThat(
            Doctor.look(
                new Host(root, command -> Optional.ofNullable(iptables)),
                place,
                Map.of("JCOMPOSE_ROOTS", "x", "COMPOSE_ANSI", "never")))
        .filteredOn(finding -> finding.check().equals("setting"))
        .extracting(Finding::state, Finding::found)
        .containsExactly(
            tuple(Finding.State.OK, "COMPOSE_ANSI=never"),
            tuple(Finding.State.NOTE, "JCOMPOSE_ROOTS is none that jcompose reads"));
  }
}
