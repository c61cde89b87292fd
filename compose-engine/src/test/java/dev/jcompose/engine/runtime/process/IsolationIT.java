package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.RootFilesystem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container must not be able to do, each named for what it prevents. */
class IsolationIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  /** A container whose image has another layer on top. */
  private LaunchSpec onTopOf(Path layer, LaunchSpec plain) {
    RootFilesystem.Overlay root = (RootFilesystem.Overlay) plain.root();
    return Machine.copy(
        plain,
        new RootFilesystem.Overlay(
            List.of(root.lower().getFirst(), layer),
            root.upper(),
            root.work(),
            root.directory(),
            false),
        plain.mounts(),
        plain.process(),
        plain.namespaces(),
        plain.cgroup(),
        plain.stdio());
  }

  private Path layer() throws Exception {
    return Files.createTempDirectory(machine.base, "layer");
  }

  @Test
  void cve20195736TheProgramThatStartsContainersCannotBeOverwritten() {
    int image = machine.kernel.sealedMemory("test", "content".getBytes(StandardCharsets.UTF_8));
    try {
      ByteBuffer evil = ByteBuffer.allocateDirect(1).put((byte) 1).flip();
      assertThatThrownBy(() -> machine.kernel.write(image, evil))
          .isInstanceOfSatisfying(
              KernelException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EPERM));
    } finally {
      machine.kernel.close(image);
    }
  }

  @Test
  void cve20195736AScriptThatNamesProcSelfExeReachesNoProgramOfTheHost() throws Exception {
    Path layer = layer();
    Path entry = layer.resolve("entry");
    Files.writeString(entry, "#!/proc/self/exe\n");
    assertThat(entry.toFile().setExecutable(true)).isTrue();
    LaunchSpec spec = onTopOf(layer, machine.spec(List.of("/entry")));
    Machine.Outcome outcome = machine.run(spec);
    assertThat(outcome.status().code()).isEqualTo(126);
  }

  @Test
  void cve202421626NoDescriptorOfTheEngineIsOpenInTheContainer() throws Exception {
    LaunchSpec spec = machine.shell("ls /proc/1/fd; echo end; sleep 60");
    try (Machine.Running running = machine.start(spec)) {
      org.awaitility.Awaitility.await().until(() -> running.output().endsWith("end\n"));
      assertThat(running.output()).isEqualTo("0\n1\n2\nend\n");
      assertThat(running.exec("ls /proc/$$/fd").stdout()).isEqualTo("0\n1\n2\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/proc/self/fd/3", "/proc/self/fd/7", "/proc/self/cwd", "/proc/1/root"})
  void cve202421626TheWorkingDirectoryIsNoDescriptor(String directory) throws Exception {
    LaunchSpec spec = Machine.with(machine.shell("pwd"), p -> in(directory, p));
    assertThatThrownBy(() -> machine.run(spec)).isInstanceOf(LaunchException.class);
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      assertThatThrownBy(
              () -> running.exec(in(directory, Machine.process(List.of("/bin/sh", "-c", "pwd")))))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining(directory);
    }
  }

  private static ProcessSpec in(String directory, ProcessSpec p) {
    return new ProcessSpec(
        p.arguments(),
        p.environment(),
        directory,
        p.identity(),
        p.capabilities(),
        p.noNewPrivileges(),
        p.limits(),
        p.oomScoreAdjustment(),
        p.umask(),
        p.reaper());
  }

  @Test
  void cve202531133MaskedPathsDoNotShowWhatAnImageCallsNull() throws Exception {
    Path layer = layer();
    Files.createDirectories(layer.resolve("dev"));
    Files.createSymbolicLink(layer.resolve("dev/null"), Path.of("/etc/passwd"));
    LaunchSpec spec =
        onTopOf(
            layer,
            machine.shell(
                "stat -L -c '%F %t:%T' /dev/null /proc/keys; wc -c < /proc/keys; "
                    + "chmod 777 /proc/keys; ls -A /sys/firmware /proc/acpi"));
    Machine.Outcome outcome = machine.run(spec);
    assertThat(outcome.stdout())
        .startsWith("character special file 1:3\ncharacter special file 1:3\n0\n");
    assertThat(outcome.stderr()).contains("Read-only file system");
  }

  @Test
  void cve202552881KernelSettingsCannotBeWrittenOrRedirected() throws Exception {
    Machine.Outcome outcome =
        machine.run(
            machine.shell(
                "echo 1 > /proc/sys/kernel/panic; echo b > /proc/sysrq-trigger;"
                    + " echo x > /proc/irq/default_smp_affinity"));
    assertThat(outcome.stderr().lines()).hasSize(3).allMatch(line -> !line.isEmpty());
    for (String target : List.of("/proc", "/proc/sys", "/proc/self/attr")) {
      LaunchSpec spec =
          Machine.withMounts(machine.shell("true"), new Mount.Tmpfs(target, 0, 0755, List.of()));
      assertThatThrownBy(() -> machine.run(spec))
          .isInstanceOf(LaunchException.class)
          .hasMessageContaining(target);
    }
  }

  @Test
  void cve202641579ALinkForDevDoesNotMakeDevicesOnTheHost() throws Exception {
    Path victim = Files.createDirectories(machine.base.resolve("victim"));
    Path layer = layer();
    Files.createSymbolicLink(layer.resolve("devlink"), victim);
    Path rootWithoutDev = layer();
    Files.createSymbolicLink(rootWithoutDev.resolve("dev"), victim);
    LaunchSpec plain = onTopOf(rootWithoutDev, machine.shell("true"));
    assertThatThrownBy(() -> machine.run(plain))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("/dev");
    assertThat(victim).isEmptyDirectory();
  }

  @Test
  void cve202130465ATargetThatIsALinkStaysInsideTheContainer() throws Exception {
    Path victim = Files.createDirectories(machine.base.resolve("host-directory"));
    Path data = Files.createDirectories(machine.base.resolve("volume"));
    Files.writeString(data.resolve("content"), "volume");
    Path layer = layer();
    Files.createDirectories(layer.resolve("inside"));
    Files.createSymbolicLink(layer.resolve("data"), Path.of("/../../../../inside"));
    Files.createSymbolicLink(layer.resolve("escape"), Path.of("/../../.." + victim));
    LaunchSpec inside =
        onTopOf(
            layer,
            Machine.withMounts(
                machine.shell("cat /inside/content"), Mount.Bind.of(data, "/data", false)));
    assertThat(machine.run(inside).stdout()).isEqualTo("volume");
    LaunchSpec escape =
        onTopOf(
            layer,
            Machine.withMounts(machine.shell("true"), Mount.Bind.of(data, "/escape/new", false)));
    assertThatThrownBy(() -> machine.run(escape)).isInstanceOf(LaunchException.class);
    assertThat(victim).isEmptyDirectory();
  }

  @Test
  void refusesCallsThatReachTheHost() throws Exception {
    Machine.Outcome outcome =
        machine.run(
            machine.shell(
                "unshare -U true; mount -t tmpfs none /tmp; "
                    + "perl -e 'print syscall(250, 0, 0) < 0 ? \"keyctl $!\\n\" : \"open\\n\";"
                    + "print syscall(41, 38, 5, 0) < 0 ? \"af_alg $!\\n\" : \"open\\n\";'"));
    assertThat(outcome.stderr()).contains("unshare").contains("ermission").contains("mount");
    if (Files.exists(machine.rootfs.resolve("bin/perl"))) {
      assertThat(outcome.stdout())
          .isEqualTo("keyctl Operation not permitted\naf_alg Operation not permitted\n");
    }
  }

  @Test
  void refusesDevicesOfTheHost() throws Exception {
    Machine.Outcome outcome =
        machine.run(machine.shell("mknod /tmp/disk b 254 0; head -c 1 /tmp/disk; echo $?"));
    assertThat(outcome.stderr()).contains("Operation not permitted");
    assertThat(outcome.stdout()).isEqualTo("1\n");
  }

  @Test
  void showsNoMountOfTheHost() throws Exception {
    String mounts = machine.run(machine.shell("cat /proc/self/mountinfo")).stdout();
    assertThat(mounts.lines().map(line -> line.split(" ", -1)[4]))
        .allMatch(at -> at.equals("/") || at.matches("/(proc|sys|dev)(/.*)?"));
  }

  @Test
  void refusesSettingsOfTheWholeMachine() throws Exception {
    LaunchSpec s = machine.shell("true");
    LaunchSpec spec =
        new LaunchSpec(
            s.id(),
            s.root(),
            s.mounts(),
            s.process(),
            s.namespaces(),
            s.hostname(),
            null,
            java.util.Map.of("vm.swappiness", "1"),
            s.devices(),
            s.maskedPaths(),
            s.readOnlyPaths(),
            s.seccomp(),
            s.cgroup(),
            s.stdio());
    assertThatThrownBy(() -> machine.runtime.create(spec))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("vm.swappiness")
        .hasMessageContaining("whole machine");
  }
}
