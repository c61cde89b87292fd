package dev.jcompose.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose namespaces a service lives in. */
class NamespacesIT {
  @RegisterExtension static final ServiceRun RUN = new ServiceRun();

  private static String ofHost(String name) throws Exception {
    return Files.readSymbolicLink(Path.of("/proc/self/ns", name)).toString();
  }

  private static String line(String name) {
    return "readlink /proc/self/ns/" + name;
  }

  @Test
  void hasItsOwnUnlessAskedOtherwise() throws Exception {
    for (String name : new String[] {"net", "pid", "ipc", "uts", "mnt"}) {
      assertThat(RUN.output("", line(name)).strip()).isNotEqualTo(ofHost(name));
      RUN.afterEach(null);
    }
  }

  @Test
  void sharesTheHosts() throws Exception {
    assertThat(
            RUN.output(
                "network_mode: host\npid: host\nipc: host\nuts: host\ncgroup: host",
                line("net")
                    + ";"
                    + line("pid")
                    + ";"
                    + line("ipc")
                    + ";"
                    + line("uts")
                    + ";"
                    + line("cgroup")
                    + "; hostname; test -d /proc/"
                    + ProcessHandle.current().pid()
                    + " && echo sees"))
        .isEqualTo(
            String.join(
                    "\n",
                    ofHost("net"),
                    ofHost("pid"),
                    ofHost("ipc"),
                    ofHost("uts"),
                    ofHost("cgroup"),
                    Files.readString(Path.of("/proc/sys/kernel/hostname")).strip(),
                    "sees")
                + "\n");
  }

  @Test
  void hasItsOwnControlGroupsWhenAsked() throws Exception {
    assertThat(
            RUN.output(
                "cgroup: private", line("cgroup") + "; cut -d: -f3 /proc/self/cgroup | sort -u"))
        .doesNotContain(ofHost("cgroup"))
        .endsWith("\n/\n");
  }

  @Test
  void sharesThoseOfAServiceAndOfAContainer() throws Exception {
    RUN.up(
        """
        services:
          owner:
            image: jcompose/base
            command: sh -c "echo secret > /dev/shm/note; exec sleep 1000"
            hostname: owner-host
            ipc: shareable
            healthcheck: {test: test -f /dev/shm/note, interval: 1s, start_interval: 50ms, start_period: 5s}
          guest:
            image: jcompose/base
            command: sleep 1000
            network_mode: service:owner
            pid: service:owner
            ipc: service:owner
            depends_on: {owner: {condition: service_healthy}}
          other:
            image: jcompose/base
            command: sleep 1000
            network_mode: container:it-owner-1
            pid: container:it-owner-1
            ipc: container:it-owner-1
            depends_on: {owner: {condition: service_healthy}}
        """);
    String all = "readlink /proc/self/ns/net /proc/self/ns/pid /proc/self/ns/ipc";
    String owner = RUN.exec("it-owner-1", all);
    assertThat(RUN.exec("it-guest-1", all)).isEqualTo(owner);
    assertThat(RUN.exec("it-other-1", all)).isEqualTo(owner);
    assertThat(RUN.exec("it-guest-1", "cat /dev/shm/note; hostname; cat /etc/hostname"))
        .isEqualTo("secret\nowner-host\nowner-host\n");
  }

  @Test
  void keepsAPrivateSharedMemoryToItself() throws Exception {
    RUN.up("services: {owner: {image: jcompose/base, command: sleep 1000, ipc: private}}");
    assertThat(RUN.refusal("ipc: container:it-owner-1")).contains("shareable");
  }

  @Test
  void hasNoSharedMemoryWithNone() throws Exception {
    assertThat(RUN.output("ipc: none", "mountpoint -q /dev/shm && echo mounted || echo bare"))
        .isEqualTo("bare\n");
  }

  @Test
  void hasNoNetworkWithNone() throws Exception {
    assertThat(
            RUN.output(
                "network_mode: none", "ls /sys/class/net; cat /etc/hosts | grep -c localhost"))
        .isEqualTo("lo\n2\n");
  }
}
