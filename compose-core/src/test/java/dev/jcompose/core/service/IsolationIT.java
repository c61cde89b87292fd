package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.reconcile.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a service may do: capabilities, system calls, devices, kernel settings, the root. */
class IsolationIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static final String CAPABILITIES =
      "grep -E '^Cap(Inh|Bnd|Eff)' /proc/self/status | cut -f2";

  @Test
  void hasDockersCapabilitiesAndNoInheritableOnes() throws Exception {
    assertThat(RUN.output("", CAPABILITIES))
        .isEqualTo("0000000000000000\n00000000a80425fb\n00000000a80425fb\n");
  }

  @Test
  void addsAndDropsCapabilities() throws Exception {
    assertThat(RUN.output("cap_drop: [ALL]\ncap_add: [NET_ADMIN, cap_chown]", CAPABILITIES))
        .isEqualTo("0000000000000000\n0000000000001001\n0000000000001001\n");
  }

  @Test
  void givesAPrivilegedServiceAllThatTheEngineHas() throws Exception {
    String own =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("CapEff"))
            .findFirst()
            .orElseThrow();
    assertThat(
            RUN.output(
                "privileged: true",
                """
                grep CapEff /proc/self/status
                grep Seccomp: /proc/self/status | cut -f2
                mount -t tmpfs none /mnt && echo mounted
                echo 7 > /proc/sys/kernel/printk_ratelimit && echo wrote
                test -w /sys/kernel && test -c /dev/kmsg && echo devices
                wc -c < /proc/keys > /dev/null && grep -c ' /proc/' /proc/self/mountinfo
                """))
        .isEqualTo(own + "\n0\nmounted\nwrote\ndevices\n0\n");
  }

  @Test
  void takesPrivilegesAwayForGood() throws Exception {
    String line = "grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status | cut -f2";
    assertThat(RUN.output("security_opt: ['no-new-privileges:true']", line)).isEqualTo("1\n2\n");
    RUN.afterEach(null);
    assertThat(RUN.output("security_opt: ['seccomp=unconfined']", line)).isEqualTo("0\n0\n");
  }

  @Test
  void takesASeccompProfileFromAFileBesideTheComposeFile() throws Exception {
    Files.writeString(
        RUN.directory().resolve("profile.json"),
        """
        {"defaultAction": "SCMP_ACT_ALLOW",
         "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 28}]}
        """);
    assertThat(RUN.output("security_opt: ['seccomp=profile.json']", "mkdir /tmp/x 2>&1"))
        .contains("No space left on device");
    assertThat(RUN.refusal("security_opt: ['seccomp=missing.json']")).contains("missing.json");
  }

  @Test
  void acceptsLabelsWhereTheMachineHasNone() throws Exception {
    var outcome = RUN.tryUp(ServiceRun.service("security_opt: ['label=disable']", "sleep 9"));
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.warnings()).anyMatch(text -> text.contains("label=disable"));
  }

  @Test
  void mapsDevicesAndRulesForThem() throws Exception {
    assertThat(
            RUN.output(
                """
                devices: ["/dev/zero:/dev/nothing:r", "/dev/kmsg"]
                device_cgroup_rules: ["c 10:237 rwm"]
                """,
                """
                stat -c %t:%T /dev/nothing /dev/kmsg
                head -c 1 /dev/nothing > /dev/null && echo read
                mknod /tmp/loops c 10 237 && (: < /tmp/loops) 2>&1 | grep -c "not permitted"
                mknod /tmp/disk b 254 0 && (: < /tmp/disk) 2>&1 | grep -c "not permitted"
                """))
        .isEqualTo("1:5\n1:b\nread\n0\n1\n");
  }

  @Test
  void keepsTheRootReadOnlyButNotWhatIsMounted() throws Exception {
    assertThat(
            RUN.output(
                "read_only: true\ntmpfs: /run",
                "touch /x /etc/hosts 2>&1 | grep -c Read-only; touch /run/y && echo ok; touch"
                    + " /dev/shm/z && echo ok"))
        .isEqualTo("2\nok\nok\n");
  }

  @Test
  void setsKernelSettingsOfItsNamespaces() throws Exception {
    assertThat(
            RUN.output(
                "sysctls: {net.core.somaxconn: 1234, kernel.shmmax: '65536', fs.mqueue.msg_max:"
                    + " 12}",
                "cat /proc/sys/net/core/somaxconn /proc/sys/kernel/shmmax"
                    + " /proc/sys/fs/mqueue/msg_max"))
        .isEqualTo("1234\n65536\n12\n");
    assertThat(RUN.refusal("sysctls: {vm.swappiness: 1}"))
        .contains("vm.swappiness")
        .contains("host");
  }

  @Test
  void saysThatAnAppArmorProfileHasNoEffectOrIsNotLoaded() throws Exception {
    Outcome outcome =
        RUN.tryUp(
            ServiceRun.service("security_opt: ['apparmor=no-such-profile']", "exec sleep 1000"));
    if (Files.exists(Path.of("/sys/module/apparmor/parameters/enabled"))) {
      assertThat(outcome.failures().getFirst().text()).contains("no-such-profile", "not loaded");
    } else {
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.warnings())
          .anyMatch(text -> text.contains("no-such-profile") && text.contains("AppArmor is off"));
    }
  }

  @Test
  void refusesInASentenceWhatItCannotDo() {
    assertThat(RUN.refusal("userns_mode: private")).contains("user namespace").contains("use host");
    assertThat(RUN.refusal("storage_opt: {size: 1G}")).contains("leave storage_opt out");
    assertThat(RUN.refusal("cpu_rt_runtime: 95000"))
        .contains("realtime scheduling")
        .contains("use");
    assertThat(RUN.refusal("gpus: all")).contains("device");
  }

  @Test
  void leavesNoProcessOfAServiceInTheHostsPidNamespace() throws Exception {
    RUN.up(
        ServiceRun.service(
            "pid: host\nstop_signal: KILL",
            "sleep 98765 & setsid sleep 98765 & echo ready; exec sleep 98765"));
    Awaitility.await().until(() -> sleepers() == 3);
    RUN.engine().killContainer("it-box-1", "KILL");
    assertThat(RUN.engine().awaitExit("it-box-1")).isEqualTo(137);
    Awaitility.await().until(() -> sleepers() == 0);
  }

  private static long sleepers() {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process.info().commandLine().filter(line -> line.endsWith(" 98765")).isPresent())
        .count();
  }
}
