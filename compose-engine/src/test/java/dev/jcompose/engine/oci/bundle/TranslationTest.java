package dev.jcompose.engine.oci.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces.Namespace;
import dev.jcompose.engine.runtime.Rlimit;
import dev.jcompose.engine.runtime.Stdio;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {
  @TempDir Path directory;

  @BeforeEach
  void makeRoot() throws Exception {
    Files.createDirectories(directory.resolve("rootfs/etc"));
    Files.writeString(directory.resolve("rootfs/etc/passwd"), "app:x:7:7::/home/app:/bin/sh\n");
  }

  private LaunchSpec launch(String process, String linux, String more) throws Exception {
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"ociVersion": "1.2.0", "root": {"path": "rootfs"},
         "process": {"args": ["sh"], "cwd": "/", "user": {"uid": 7, "gid": 8} %s},
         "linux": {"namespaces": [{"type": "mount"} %s] %s} %s}
        """
            .formatted(
                process,
                linux.startsWith(", {") ? linux : "",
                linux.startsWith(", {") ? "" : linux,
                more));
    return new Translation(Bundle.read(directory))
        .launch("one", "/group-of-one", false, new Stdio.Inherited(true, true, true), null);
  }

  @Test
  void readsTheProcess() throws Exception {
    LaunchSpec spec =
        launch(
            """
            , "env": ["A=b"], "oomScoreAdj": 5, "noNewPrivileges": true,
            "capabilities": {"bounding": ["CAP_KILL"], "inheritable": ["CAP_CHOWN"]},
            "rlimits": [{"type": "RLIMIT_NPROC", "soft": 4, "hard": 18446744073709551615}]
            """,
            "",
            "");
    assertThat(spec.process().environment()).containsExactly("A=b", "HOME=/home/app");
    assertThat(spec.process().oomScoreAdjustment()).isEqualTo(5);
    assertThat(spec.process().capabilities().bounding()).isEqualTo(Capability.KILL.bit());
    assertThat(spec.process().capabilities().inheritable()).isEqualTo(Capability.CHOWN.bit());
    assertThat(spec.process().capabilities().effective()).isZero();
    assertThat(spec.process().limits()).containsExactly(new Rlimit(Rlimit.Resource.NPROC, 4, -1));
    assertThat(spec.cgroup().path()).isEqualTo("/group-of-one");
  }

  @Test
  void whatIsNotListedIsTheRuntimesOwn() throws Exception {
    LaunchSpec spec =
        launch(
            "",
            ", {\"type\": \"pid\"}, {\"type\": \"network\", \"path\": \"/proc/self/ns/net\"}",
            "");
    assertThat(spec.namespaces().pid()).isEqualTo(new Namespace.Own());
    assertThat(spec.namespaces().network())
        .isEqualTo(new Namespace.Join(Path.of("/proc/self/ns/net")));
    assertThat(spec.namespaces().uts()).isEqualTo(new Namespace.Host());
  }

  @Test
  void sortsTheOptionsOfMounts() throws Exception {
    LaunchSpec spec =
        launch(
            "",
            "",
            """
            , "mounts": [
              {"destination": "/m", "type": "tmpfs", "source": "t", "options": ["nosuid", "suid", "noexec", "mode=700", "size=1k"]},
              {"destination": "/b", "source": "rootfs", "options": ["rbind", "ro", "nodev", "rslave"]},
              {"destination": "/c", "type": "bind", "source": "rootfs", "options": ["rbind", "rro", "rnosuid"]}]
            """);
    Path root = directory.resolve("rootfs");
    assertThat(spec.mounts())
        .containsExactly(
            new Mount.Filesystem("tmpfs", "t", "/m", List.of("noexec"), "mode=700,size=1k"),
            new Mount.Bind(
                root, "/b", true, false, true, Mount.Propagation.SLAVE, List.of("nodev")),
            new Mount.Bind(
                root, "/c", true, true, true, Mount.Propagation.PRIVATE, List.of("rnosuid")),
            new Mount.Nodes("/dev"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`, \"uidMappings\": [{\"containerID\": 0}]` | user namespace",
        "`, {\"type\": \"user\"}`                    | user namespace",
        "`, {\"type\": \"rooms\"}`                   | rooms",
        "`, {\"type\": \"pid\", \"path\": \"/nowhere\"}` | /nowhere",
        "`, {\"type\": \"mount\"}`                   | twice",
        "`, \"intelRdt\": {}`                        | intelRdt",
        "`, \"mountLabel\": \"x\"`                   | SELinux",
        "`, \"rootfsPropagation\": \"up\"`           | up",
        "`, \"timeOffsets\": {\"boottime\": {\"secs\": 1}}` | timeOffsets",
        "`, \"cgroupsPath\": \"a.slice:b:c\"`        | systemd",
        "`, \"seccomp\": {\"listenerPath\": \"/x\"}` | seccomp",
        "`, \"devices\": [{\"path\": \"dev\"}]`      | linux.devices[0]",
        "`, \"resources\": {\"rdma\": {}}`           | rdma",
      })
  void refusesInASentenceWhatItCannotDo(String linux, String named) {
    assertThatThrownBy(() -> launch("", linux, ""))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(named)
        .hasMessageStartingWith("config.json: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`, \"cwd\": \"tmp\"`                                    | process.cwd",
        "`, \"selinuxLabel\": \"x\"`                             | SELinux",
        "`, \"rlimits\": [{\"type\": \"RLIMIT_WISHES\"}]`         | RLIMIT_WISHES",
        "`, \"capabilities\": {\"bounding\": [\"CAP_FLY\"]}`      | CAP_FLY",
        "`, \"scheduler\": {}`                                   | scheduler",
      })
  void refusesAProcessThatCannotBe(String process, String named) {
    assertThatThrownBy(() -> launch(process, "", ""))
        .isInstanceOf(BundleException.class)
        .hasMessageContaining(named);
  }
}
