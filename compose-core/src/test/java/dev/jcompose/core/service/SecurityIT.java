package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.core.reconcile.Outcome;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a Compose file must not open, each test named for what it prevents. */
class SecurityIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  @Test
  void cve202421626ProbesAndHooksHaveNoDescriptorOfTheEngine() throws Exception {
    RUN.up(
        """
        services:
          box:
            image: jcompose/base
            command: sleep 1000
            stop_signal: KILL
            healthcheck: {test: "ls /proc/self/fd > /tmp/probe", interval: 1s, start_interval: 50ms, start_period: 5s}
            post_start: [{command: [sh, -c, "ls /proc/self/fd > /tmp/hook"]}]
        """);
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> RUN.exec("it-box-1", "wc -l < /tmp/probe").strip().equals("4"));
    // The fourth is the directory that ls reads.
    assertThat(RUN.exec("it-box-1", "cat /tmp/probe /tmp/hook"))
        .isEqualTo("0\n1\n2\n3\n0\n1\n2\n3\n");
  }

  @Test
  void cve202421626AWorkingDirectoryDoesNotLeadOutThroughADescriptor() throws Exception {
    for (int descriptor = 3; descriptor < 12; descriptor++) {
      Outcome outcome =
          RUN.tryUp(
              ServiceRun.service(
                  "working_dir: /proc/self/fd/" + descriptor,
                  "cat ../../../etc/machine-id; pwd -P"));
      if (outcome.failures().isEmpty()) {
        RUN.engine().awaitExit("it-box-1");
        assertThat(RUN.logs("it-box-1")).doesNotContain(RUN.directory().toString());
      } else {
        assertThat(outcome.failures().getFirst().text())
            .contains("/proc/self/fd/" + descriptor + " in the container");
      }
      RUN.afterEach(null);
    }
  }

  @Test
  void containersHaveNoAddressesThatNoRuleGuards() throws Exception {
    assertThat(RUN.output("", "cat /proc/net/if_inet6 | grep -v ' lo$' | wc -l")).isEqualTo("0\n");
  }

  @Test
  void cve202552565APlantedTerminalIsNotBoundOverTheConsole() throws Exception {
    Path planted = Files.createDirectories(RUN.directory().resolve("pts"));
    Path victim = Files.writeString(RUN.directory().resolve("victim"), "untouched");
    Files.deleteIfExists(planted.resolve("ptmx"));
    Files.createSymbolicLink(planted.resolve("ptmx"), victim);
    assertThat(RUN.refusal("tty: true\nvolumes: ['./pts:/dev/pts', './victim:/victim']"))
        .contains("ptmx");
    assertThat(victim).hasContent("untouched");
  }

  @Test
  void cve201916884NothingIsMountedOverProc() throws Exception {
    for (String target : List.of("/proc", "/proc/self/attr", "/proc/sys/kernel")) {
      assertThat(RUN.refusal("volumes: ['./pts:" + target + "']")).contains(target);
      RUN.afterEach(null);
      assertThat(RUN.refusal("tmpfs: " + target)).contains(target);
      RUN.afterEach(null);
    }
  }

  @Test
  void ghsa6fw5InterruptsAndPowerFiguresTellNothingOfTheMachine() throws Exception {
    assertThat(
            RUN.output(
                "",
                """
                wc -c < /proc/interrupts; wc -c < /proc/keys; wc -c < /proc/timer_list 2>/dev/null || echo 0
                ls -A /sys/devices/virtual/powercap /sys/firmware /proc/acpi /proc/scsi 2>/dev/null | grep -v ':$' | grep -c .
                ls -d /sys/devices/system/cpu/cpu*/thermal_throttle 2>/dev/null | while read d; do ls -A $d; done | wc -l
                """))
        .isEqualTo("0\n0\n0\n0\n0\n");
  }

  @Test
  void cve202236109And202224769GroupsAreSetAndNothingIsInheritable() throws Exception {
    String line = "grep -E '^(Groups|CapInh|CapAmb)' /proc/self/status | tr -s '\\t ' ' '";
    assertThat(RUN.output("user: nobody\ncap_add: [NET_ADMIN]", line))
        .isEqualTo("Groups: 65534 \nCapInh: 0000000000000000\nCapAmb: 0000000000000000\n");
  }

  @Test
  void cve20259074TheEngineListensToNobodyButTheOwnerOfItsSocket() throws Exception {
    Path socket = RUN.directory().resolve("run/engine.sock");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(socket, LinkOption.NOFOLLOW_LINKS)))
        .isIn("rw-------", "rw-rw----");
    assertThat(Files.getAttribute(socket, "unix:uid")).isEqualTo(0);
    long engine =
        Long.parseLong(Files.readString(RUN.directory().resolve("run/engine.pid")).strip());
    Set<String> sockets;
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + engine + "/fd"))) {
      sockets =
          descriptors
              .map(SecurityIT::link)
              .filter(target -> target.startsWith("socket:["))
              .map(target -> target.replaceAll("\\D", ""))
              .collect(Collectors.toSet());
    }
    for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
      assertThat(Files.readAllLines(Path.of("/proc/" + engine + "/net/" + table)).stream().skip(1))
          .as("sockets of the engine in %s", table)
          .noneMatch(row -> sockets.contains(row.strip().split("\\s+", -1)[9]));
    }
    assertThat(
            RUN.output(
                "", "find / -xdev -name 'engine.sock' 2>/dev/null; grep -c '@' /proc/net/unix"))
        .isEqualTo("0\n");
  }

  private static String link(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (java.io.IOException gone) {
      return "";
    }
  }

  @Test
  void aForkBombStopsAtItsLimitAndTheServiceCanStillBeStopped() throws Exception {
    RUN.up(
        ServiceRun.service(
            "pids_limit: 20\nstop_signal: KILL",
            "bomb() { bomb | bomb & }; bomb 2>/dev/null; exec sleep 1000"));
    RUN.engine().killContainer("it-box-1", "KILL");
    assertThat(RUN.engine().awaitExit("it-box-1")).isEqualTo(137);
  }
}
