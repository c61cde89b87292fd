package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Launched;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;
import dev.jcompose.engine.runtime.RootFilesystem;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  private String output(String command) throws Exception {
    Machine.Outcome outcome = machine.run(machine.shell(command));
    assertThat(outcome.stderr()).isEmpty();
    return outcome.stdout();
  }

  @Test
  void printsToStandardOutputAndErrorAndKeepsItsExitCode() throws Exception {
    Machine.Outcome outcome = machine.run(machine.shell("echo hello; echo oops >&2; exit 7"));
    assertThat(outcome.stdout()).isEqualTo("hello\n");
    assertThat(outcome.stderr()).isEqualTo("oops\n");
    assertThat(outcome.status().code()).isEqualTo(7);
    assertThat(outcome.status().known()).isTrue();
  }

  @Test
  void runsNothingBeforeTheGateIsOpened() throws Exception {
    LaunchSpec spec = machine.shell("touch /ran; sleep 60");
    Path ran = ((RootFilesystem.Overlay) spec.root()).upper().resolve("ran");
    Launched launched = machine.runtime.create(spec);
    try {
      assertThat(launched.networkNamespace()).exists();
      assertThat(Files.readString(Path.of("/proc", launched.pid() + "", "comm")))
          .isEqualTo("jcompose\n");
      assertThat(ran).doesNotExist();
      machine.runtime.start(launched);
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Files.exists(ran));
    } finally {
      machine.runtime.discard(launched);
    }
    assertThat(Path.of("/proc", launched.pid() + "")).doesNotExist();
  }

  @Test
  void leavesNothingWhenACreatedContainerIsGivenUp() throws Exception {
    LaunchSpec spec = machine.shell("true");
    Launched launched = machine.runtime.create(spec);
    machine.runtime.discard(launched);
    machine.runtime.discard(launched);
    assertThat(Path.of("/proc", launched.pid() + "")).doesNotExist();
    assertThat(machine.cgroupDirectories(spec)).noneMatch(Files::exists);
  }

  @ParameterizedTest
  @ValueSource(strings = {"net", "pid", "ipc", "uts", "mnt", "cgroup"})
  void hasNamespacesOfItsOwn(String namespace) throws Exception {
    String host = Files.readSymbolicLink(Path.of("/proc/self/ns/" + namespace)).toString();
    assertThat(output("readlink /proc/self/ns/" + namespace).strip())
        .startsWith(namespace)
        .isNotEqualTo(host);
  }

  @Test
  void hasDockersCapabilitiesAndAFilter() throws Exception {
    assertThat(output("grep -E '^(Cap|NoNew|Seccomp:|Groups)' /proc/self/status").lines())
        .map(line -> line.replaceAll("\\s+", " ").strip())
        .containsExactlyInAnyOrder(
            "Groups:",
            "CapInh: 0000000000000000",
            "CapPrm: 00000000a80425fb",
            "CapEff: 00000000a80425fb",
            "CapBnd: 00000000a80425fb",
            "CapAmb: 0000000000000000",
            "NoNewPrivs: 0",
            "Seccomp: 2");
  }

  @Test
  void runsAsAUserWithoutCapabilities() throws Exception {
    LaunchSpec spec =
        Machine.with(
            machine.shell("id; grep -E 'Cap(Eff|Prm|Bnd)' /proc/self/status; echo x > /dev/stdout"),
            process ->
                process(process, new Identity(1000, 100, List.of(46, 20), "/home/ana"), false));
    Machine.Outcome outcome = machine.run(spec);
    assertThat(outcome.stderr()).isEmpty();
    assertThat(outcome.stdout().replace("\t", " "))
        .contains("uid=1000(ana) gid=100(users) groups=100(users),20,46(plugdev)")
        .contains("CapPrm: 0000000000000000")
        .contains("CapEff: 0000000000000000")
        .contains("CapBnd: 00000000a80425fb")
        .endsWith("x\n");
  }

  @Test
  void installsTheFilterWithoutNewPrivilegesToo() throws Exception {
    LaunchSpec spec =
        Machine.with(
            machine.shell("grep -E '^(NoNew|Seccomp:)' /proc/self/status"),
            process -> process(process, Identity.ROOT, true));
    assertThat(machine.run(spec).stdout().replace("\t", " "))
        .isEqualTo("NoNewPrivs: 1\nSeccomp: 2\n");
  }

  private static ProcessSpec process(ProcessSpec p, Identity identity, boolean noNewPrivileges) {
    return new ProcessSpec(
        p.arguments(),
        p.environment(),
        p.workingDirectory(),
        identity,
        Capabilities.of(Capabilities.STANDARD, identity.uid()),
        noNewPrivileges,
        p.limits(),
        p.oomScoreAdjustment(),
        p.umask(),
        p.reaper());
  }

  @Test
  void hasTheUsualDevices() throws Exception {
    assertThat(output("ls -l /dev | grep -v total").lines())
        .map(line -> line.replaceAll(" +", " ").replaceAll(" [A-Z][a-z]{2} \\d+ \\d+:\\d+", ""))
        .containsExactlyInAnyOrder(
            "lrwxrwxrwx 1 root root 11 core -> /proc/kcore",
            "lrwxrwxrwx 1 root root 13 fd -> /proc/self/fd",
            "crw-rw-rw- 1 root root 1, 7 full",
            "drwxrwxrwt 2 root root 40 mqueue",
            "crw-rw-rw- 1 root root 1, 3 null",
            "lrwxrwxrwx 1 root root 8 ptmx -> pts/ptmx",
            "drwxr-xr-x 2 root root 0 pts",
            "crw-rw-rw- 1 root root 1, 8 random",
            "drwxrwxrwt 2 root root 40 shm",
            "lrwxrwxrwx 1 root root 15 stderr -> /proc/self/fd/2",
            "lrwxrwxrwx 1 root root 15 stdin -> /proc/self/fd/0",
            "lrwxrwxrwx 1 root root 15 stdout -> /proc/self/fd/1",
            "crw-rw-rw- 1 root root 5, 0 tty",
            "crw-rw-rw- 1 root root 1, 9 urandom",
            "crw-rw-rw- 1 root root 1, 5 zero");
    assertThat(
            output(
                "head -c 4 /dev/zero | wc -c; echo x > /dev/null; head -c 3 /dev/urandom | wc -c"))
        .isEqualTo("4\n3\n");
  }

  @Test
  void hasItsOwnNamesAndLimits() throws Exception {
    assertThat(output("hostname; ulimit -Sn; umask; pwd; echo $0 $$; env | grep PATH"))
        .isEqualTo("box\n1024\n0022\n/\n/bin/sh 1\nPATH=/usr/bin:/bin\n");
  }

  @Test
  void makesItsWorkingDirectory() throws Exception {
    LaunchSpec spec =
        Machine.with(
            machine.shell("pwd; umask"),
            p ->
                new ProcessSpec(
                    p.arguments(),
                    p.environment(),
                    "/srv/new/app",
                    p.identity(),
                    p.capabilities(),
                    false,
                    List.of(new Rlimit(Rlimit.Resource.NOFILE, 64, 64)),
                    500,
                    027,
                    false));
    assertThat(machine.run(spec).stdout()).isEqualTo("/srv/new/app\n0027\n");
  }

  @Test
  void bringsItsLoopbackUpAndAllowsLowPorts() throws Exception {
    assertThat(
            output(
                "cat /proc/sys/net/ipv4/ip_unprivileged_port_start; cat /sys/class/net/lo/flags"))
        .isEqualTo("0\n0x9\n");
  }

  @Test
  void isEndedBySignals() throws Exception {
    try (Machine.Running running = machine.start(machine.shell("sleep 60"))) {
      machine.runtime.signal(running.launched, Abi.SIGTERM);
      machine.runtime.signal(running.launched, Abi.SIGKILL);
      assertThat(running.await().status().code()).isEqualTo(137);
      machine.runtime.signal(running.launched, Abi.SIGKILL);
    }
  }

  @Test
  void saysWhenAProgramIsNotThere() throws Exception {
    LaunchSpec spec = machine.spec(List.of("nosuch"));
    assertThatThrownBy(() -> machine.start(spec))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(127);
              assertThat(e).hasMessageContaining("\"nosuch\"").hasMessageContaining("PATH");
            });
    assertThat(machine.cgroupDirectories(spec)).noneMatch(Files::exists);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/passwd", "/tmp"})
  void saysWhenAProgramCannotBeRun(String program) throws Exception {
    LaunchSpec spec = machine.spec(List.of(program));
    assertThatThrownBy(() -> machine.start(spec))
        .isInstanceOfSatisfying(
            LaunchException.class,
            e -> {
              assertThat(e.exitCode()).isEqualTo(126);
              assertThat(e).hasMessageContaining(program).hasMessageContaining("permission denied");
            });
  }

  @Test
  void namesTheCallThatFailedWhileSettingUp() throws Exception {
    LaunchSpec spec =
        Machine.withMounts(
            machine.shell("true"), Mount.Bind.of(Path.of("/no/such/source"), "/data", false));
    assertThatThrownBy(() -> machine.start(spec))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("/no/such/source")
        .hasMessageContaining("no such file or directory");
    assertThat(machine.cgroupDirectories(spec)).noneMatch(Files::exists);
  }

  /** Its keeper may have reaped the process before the engine has heard of it. */
  @Test
  void namesTheCallThatFailedHoweverSoonTheProcessIsGone() throws Exception {
    LaunchSpec plain = machine.shell("true");
    // With a control group namespace it would wait for the engine.
    Namespaces.Namespace own = new Namespaces.Namespace.Own();
    ProcessSpec process = plain.process();
    LaunchSpec spec =
        Machine.copy(
            plain,
            plain.root(),
            plain.mounts(),
            new ProcessSpec(
                process.arguments(),
                process.environment(),
                "/proc/self/fd/3",
                process.identity(),
                process.capabilities(),
                process.noNewPrivileges(),
                process.limits(),
                process.oomScoreAdjustment(),
                process.umask(),
                process.reaper()),
            new Namespaces(own, own, own, own, new Namespaces.Namespace.Host()),
            plain.cgroup(),
            plain.stdio());
    ProgramRuntime slow =
        new ProgramRuntime(seesProcessesLate(machine.kernel), machine.events, machine.cgroups);
    assertThatThrownBy(() -> slow.create(spec.keptIn(machine.base.resolve("exit-of-the-quick"))))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("/proc/self/fd/3 in the container");
    assertThat(machine.cgroupDirectories(spec)).noneMatch(Files::exists);
  }

  /** The kernel, to a thread that gets no processor until the process of a keeper has ended. */
  private static Kernel seesProcessesLate(Kernel kernel) {
    return (Kernel)
        Proxy.newProxyInstance(
            Kernel.class.getClassLoader(),
            new Class<?>[] {Kernel.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("openProcess")) {
                Path process = Path.of("/proc", arguments[0].toString());
                if (ProcessTable.parent((Integer) arguments[0]).orElse(0)
                    != ProcessHandle.current().pid()) {
                  await().until(() -> !Files.exists(process));
                }
              }
              try {
                return method.invoke(kernel, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void cannotWriteAReadOnlyRoot() throws Exception {
    LaunchSpec plain =
        machine.shell("touch /x; touch /tmp/x; echo $?; echo y > /dev/shm/y; cat /dev/shm/y");
    RootFilesystem.Overlay root = (RootFilesystem.Overlay) plain.root();
    LaunchSpec spec =
        Machine.copy(
            plain,
            new RootFilesystem.Overlay(
                root.lower(), root.upper(), root.work(), root.directory(), true),
            plain.mounts(),
            plain.process(),
            plain.namespaces(),
            plain.cgroup(),
            plain.stdio());
    Machine.Outcome outcome = machine.run(spec);
    assertThat(outcome.stdout()).isEqualTo("1\ny\n");
    assertThat(outcome.stderr()).contains("Read-only file system");
  }

  @Test
  void mountsBindsAndMemory() throws Exception {
    Path data = Files.createDirectories(machine.base.resolve("data"));
    Files.writeString(data.resolve("a"), "from the host");
    Path file = Files.writeString(machine.base.resolve("file"), "one file");
    LaunchSpec spec =
        Machine.withMounts(
            machine.shell(
                "cat /data/a /etc/hosts; echo b > /data/b; touch /ro/c; "
                    + "grep ' /scratch ' /proc/mounts; stat -c %a /scratch"),
            Mount.Bind.of(data, "/data", false),
            Mount.Bind.of(data, "/ro", true),
            Mount.Bind.of(file, "/etc/hosts", true),
            new Mount.Tmpfs("/scratch", 1 << 20, 0700, List.of("nosuid", "nodev", "noexec")));
    Machine.Outcome outcome = machine.run(spec);
    assertThat(outcome.stdout())
        .startsWith("from the hostone file")
        .contains("tmpfs /scratch tmpfs rw,nosuid,nodev,noexec,relatime,size=1024k,mode=700")
        .endsWith("700\n");
    assertThat(outcome.stderr()).contains("/ro/c").contains("Read-only file system");
    assertThat(data.resolve("b")).hasContent("b\n");
    assertThat(data.resolve("c")).doesNotExist();
  }

  @Test
  void usesManyLayersAndPathsWithColons() throws Exception {
    LaunchSpec plain = machine.shell("cat /layer79 /layer0");
    RootFilesystem.Overlay root = (RootFilesystem.Overlay) plain.root();
    List<Path> lower = new ArrayList<>(root.lower());
    for (int i = 0; i < 80; i++) {
      Path layer =
          Files.createDirectories(machine.base.resolve("odd:layers,x" + "y".repeat(40) + i));
      Files.writeString(layer.resolve("layer" + i), i + "\n");
      lower.add(layer);
    }
    LaunchSpec spec =
        Machine.copy(
            plain,
            new RootFilesystem.Overlay(lower, root.upper(), root.work(), root.directory(), false),
            plain.mounts(),
            plain.process(),
            plain.namespaces(),
            plain.cgroup(),
            plain.stdio());
    assertThat(machine.run(spec).stdout()).isEqualTo("79\n0\n");
  }

  @Test
  void sharesNamespacesOfTheHostAndOfOtherContainers() throws Exception {
    var host = new Namespaces.Namespace.Host();
    var own = new Namespaces.Namespace.Own();
    LaunchSpec first = machine.shell("sleep 60");
    try (Machine.Running running = machine.start(first)) {
      var join = new Namespaces.Namespace.Join(running.launched.networkNamespace());
      LaunchSpec plain =
          machine.shell("readlink /proc/self/ns/net /proc/self/ns/uts; ls /sys/fs/cgroup");
      LaunchSpec second =
          new LaunchSpec(
              plain.id(),
              plain.root(),
              plain.mounts(),
              plain.process(),
              new Namespaces(join, own, own, host, host),
              plain.hostname(),
              null,
              java.util.Map.of(),
              plain.devices(),
              plain.maskedPaths(),
              plain.readOnlyPaths(),
              plain.seccomp(),
              plain.cgroup(),
              plain.stdio());
      Machine.Outcome outcome = machine.run(second);
      assertThat(outcome.stderr()).isEmpty();
      assertThat(outcome.stdout())
          .startsWith(
              Files.readSymbolicLink(running.launched.networkNamespace())
                  + "\n"
                  + Files.readSymbolicLink(Path.of("/proc/self/ns/uts"))
                  + "\n");
      assertThat(outcome.stdout().lines().count()).isGreaterThan(4);
    }
  }

  @Test
  void keepsWhatWasWrittenForAReaderThatComesLater() throws Exception {
    LaunchSpec spec = machine.shell("echo early; read x < /dev/zero");
    dev.jcompose.engine.runtime.Stdio.Fifos fifos =
        (dev.jcompose.engine.runtime.Stdio.Fifos) spec.stdio();
    LaunchSpec sleeping =
        Machine.with(spec, p -> Machine.process(List.of("/bin/sh", "-c", "echo early; sleep 60")));
    Launched launched = machine.runtime.create(sleeping);
    try {
      machine.runtime.start(launched);
      Machine.Collector late =
          machine
          .new Collector(machine.kernel.open(fifos.stdout(), Abi.O_RDONLY | Abi.O_NONBLOCK, 0));
      Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> late.soFar().equals("early\n"));
    } finally {
      machine.runtime.discard(launched);
    }
  }
}
