package dev.jcompose.samples;

import static dev.jcompose.samples.OciBundle.list;
import static dev.jcompose.samples.OciBundle.member;
import static dev.jcompose.samples.OciBundle.mount;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.samples.Jcompose.Result;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The lifecycle of the runtime-spec through the command line, without an engine. */
class OciIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  @TempDir Path directory;

  private static Result oci(String... words) {
    List<String> all = new ArrayList<>(List.of("oci", "--root", root().toString()));
    all.addAll(List.of(words));
    return JCOMPOSE.run(all.toArray(String[]::new));
  }

  private static Path root() {
    return JCOMPOSE.root().resolve("run/oci");
  }

  @AfterEach
  void removeAll() {
    for (String id : oci("list", "--quiet").succeeded().stdout().lines().toList()) {
      oci("delete", "--force", id).succeeded();
    }
    assertThat(root())
        .satisfiesAnyOf(r -> assertThat(r).doesNotExist(), r -> assertThat(r).isEmptyDirectory());
  }

  private static String status(String id) {
    return OciBundle.json(oci("state", id).succeeded().stdout()).string("status");
  }

  private static void awaitEnd(String id) {
    await().atMost(Duration.ofSeconds(20)).until(() -> status(id).equals("stopped"));
  }

  /** Runs a bundle to its end. */
  private void run(OciBundle bundle) {
    oci("create", "--bundle", bundle.directory().toString(), "one").succeeded();
    oci("start", "one").succeeded();
    awaitEnd("one");
    oci("delete", "one").succeeded();
  }

  @Test
  void goesThroughTheLifecycle() throws Exception {
    OciBundle bundle = OciBundle.make(directory, "echo ran > /out/ran; sleep 1000");
    Path pid = directory.resolve("pid");
    oci("create", "--bundle", directory.toString(), "--pid-file", pid.toString(), "one")
        .succeeded();

    JsonObject state = OciBundle.json(oci("state", "one").succeeded().stdout());
    assertThat(state.string("status")).isEqualTo("created");
    assertThat(state.string("id")).isEqualTo("one");
    assertThat(state.string("bundle")).isEqualTo(directory.toString());
    assertThat(state.string("ociVersion")).startsWith("1.");
    assertThat(state.stringMap("annotations")).containsEntry("org.example.note", "kept");
    assertThat(Files.readString(pid)).isEqualTo(Long.toString(state.number("pid")));
    assertThat(directory.resolve("out/ran")).doesNotExist();
    assertThat(oci("create", "--bundle", directory.toString(), "one").failedPolitely().stderr())
        .contains("one already exists");
    assertThat(oci("delete", "one").failedPolitely().stderr()).contains("created");

    oci("start", "one").succeeded();
    await().until(() -> Files.exists(directory.resolve("out/ran")));
    assertThat(bundle.out("ran")).isEqualTo("ran\n");
    assertThat(status("one")).isEqualTo("running");
    assertThat(oci("start", "one").failedPolitely().stderr()).contains("running");
    assertThat(oci("delete", "one").failedPolitely().stderr()).contains("running");
    assertThat(oci("list").succeeded().stdout()).contains("one").contains("running");

    oci("kill", "one", "KILL").succeeded();
    awaitEnd("one");
    assertThat(oci("kill", "one").failedPolitely().stderr()).contains("not running");
    oci("delete", "one").succeeded();
    assertThat(oci("state", "one").failedPolitely().stderr()).contains("does not exist");
    // Whoever inherited it reaps it when it comes to it.
    Path process = Path.of("/proc", Files.readString(pid));
    await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(process));
  }

  @Test
  void isSeenByTheLeakCheckUntilItIsDeleted() throws Exception {
    OciBundle.make(directory, "sleep 1000");
    oci("create", "--bundle", directory.toString(), "one").succeeded();
    String pid = Long.toString(OciBundle.json(oci("state", "one").stdout()).number("pid"));
    assertThat(JCOMPOSE.leaks().stdout().lines())
        .contains("file " + root().resolve("one"), "process " + pid)
        .anyMatch(line -> line.startsWith("cgroup ") && line.endsWith("-one"));
    oci("delete", "--force", "one").succeeded();
    assertThat(JCOMPOSE.leaks().stdout()).isEmpty();
  }

  @Test
  void executesProcessesWithTheirOwnSettings() throws Exception {
    OciBundle.make(directory, "sleep 1000");
    oci("create", "--bundle", directory.toString(), "one").succeeded();
    oci("start", "one").succeeded();

    Result result =
        oci(
            "exec",
            "--env",
            "A=b",
            "--cwd",
            "/tmp",
            "--user",
            "7:8",
            "one",
            "sh",
            "-c",
            "echo $A; pwd; id -u; id -g; hostname; exit 9");
    assertThat(result.exitCode()).as(result.stderr()).isEqualTo(9);
    assertThat(result.stdout()).isEqualTo("b\n/tmp\n7\n8\nbundle\n");

    Path process = directory.resolve("process.json");
    Files.writeString(
        process,
        """
        {"args": ["sh", "-c", "echo detached > /out/detached"], "cwd": "/", "env": ["PATH=/usr/bin"]}
        """);
    oci(
            "exec",
            "--detach",
            "--pid-file",
            directory.resolve("pid").toString(),
            "--process",
            process.toString(),
            "one")
        .succeeded();
    await().until(() -> Files.exists(directory.resolve("out/detached")));
    assertThat(oci("exec", "one", "no-such-program").failedPolitely().stderr())
        .contains("no-such-program")
        .contains("not found");
    assertThat(oci("ps", "--format", "json", "one").succeeded().stdout()).startsWith("[");
    oci("pause", "one").succeeded();
    assertThat(status("one")).isEqualTo("paused");
    oci("resume", "one").succeeded();
    assertThat(status("one")).isEqualTo("running");
  }

  @Test
  void runsHooksInOrderWithTheStateAsTheirInput() throws Exception {
    Path note = directory.resolve("note");
    Files.writeString(
        note,
        "#!/bin/sh\n"
            + "export PATH=/usr/bin\n"
            + "read -r state\n"
            + "echo \"$1 $(echo \"$state\" | sed 's/.*\"status\":\"\\([a-z]*\\)\".*/\\1/') $HOOK"
            + " $(readlink /proc/self/ns/uts)\" >> $2\n",
        StandardCharsets.UTF_8);
    Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path log = directory.resolve("out/hooks");
    OciBundle.make(
        directory,
        "echo program >> /out/hooks",
        config -> {
          list(config, "mounts").add(mount("/note", "bind", note.toString(), "bind", "ro"));
          Map<String, Object> hooks = new LinkedHashMap<>();
          for (String kind :
              List.of("prestart", "createRuntime", "createContainer", "poststart", "poststop")) {
            hooks.put(kind, List.of(hook(note.toString(), kind, log.toString())));
          }
          hooks.put("startContainer", List.of(hook("/note", "startContainer", "/out/hooks")));
          config.put("hooks", hooks);
        });
    run(new OciBundle(directory));

    List<String[]> lines = Files.readAllLines(log).stream().map(line -> line.split(" ")).toList();
    assertThat(
            lines.stream()
                .map(line -> line.length > 1 ? line[0] + " " + line[1] + " " + line[2] : line[0]))
        .containsExactlyInAnyOrder(
            "prestart creating set",
            "createRuntime creating set",
            "createContainer creating set",
            "startContainer created set",
            "program",
            "poststart running set",
            "poststop stopped set");
    assertThat(lines.stream().map(line -> line[0]).toList())
        .startsWith("prestart", "createRuntime", "createContainer", "startContainer")
        .endsWith("poststop");
    String host = Files.readSymbolicLink(Path.of("/proc/self/ns/uts")).toString();
    assertThat(lines.get(1)[3]).isEqualTo(host);
    assertThat(lines.get(2)[3]).isNotEqualTo(host).isEqualTo(lines.get(3)[3]);
  }

  private static Map<String, Object> hook(String path, String... arguments) {
    List<String> all = new ArrayList<>(List.of("note"));
    all.addAll(List.of(arguments));
    return Map.of("path", path, "args", all, "env", List.of("HOOK=set"));
  }

  @Test
  void aHookThatFailsEndsTheContainer() throws Exception {
    Path after = directory.resolve("after");
    OciBundle.make(
        directory,
        "sleep 1000",
        config ->
            config.put(
                "hooks",
                Map.of(
                    "createRuntime",
                    List.of(
                        Map.of(
                            "path",
                            "/bin/sh",
                            "args",
                            List.of("sh", "-c", "echo no luck; exit 3"))),
                    "poststop",
                    List.of(
                        Map.of(
                            "path", "/bin/sh", "args", List.of("sh", "-c", "echo > " + after))))));
    assertThat(oci("create", "--bundle", directory.toString(), "one").failedPolitely().stderr())
        .contains("hooks.createRuntime[0]")
        .contains("exit status 3")
        .contains("no luck");
    assertThat(oci("state", "one").exitCode()).isNotZero();
    assertThat(after).exists();
  }

  @Test
  void tellsWhyAProgramCannotRunInTheFormOfTheLog() throws Exception {
    OciBundle.make(
        directory, "", config -> member(config, "process").put("args", List.of("nowhere")));
    Path log = directory.resolve("log");
    oci("create", "--bundle", directory.toString(), "one").succeeded();
    Result start =
        JCOMPOSE.run(
            "oci",
            "--root",
            root().toString(),
            "--log",
            log.toString(),
            "--log-format",
            "json",
            "start",
            "one");
    assertThat(start.failedPolitely().stderr()).contains("nowhere").contains("not found");
    JsonObject line = OciBundle.json(Files.readString(log));
    assertThat(line.string("level")).isEqualTo("error");
    assertThat(line.string("msg")).contains("nowhere");
    assertThat(line.string("time")).matches("\\d{4}-.*Z");
    assertThat(status("one")).isEqualTo("stopped");
  }

  @Test
  void refusesWhatItDoesNotDoBeforeAnythingIsMade() throws Exception {
    OciBundle.make(
        directory,
        "true",
        config -> list(member(config, "linux"), "namespaces").add(Map.of("type", "user")));
    assertThat(oci("create", "--bundle", directory.toString(), "one").failedPolitely().stderr())
        .contains("user namespace");
    assertThat(oci("create", "--bundle", "/nowhere", "one").failedPolitely().stderr())
        .contains("/nowhere/config.json");
    assertThat(oci("create", "--preserve-fds", "2", "one").failedPolitely().stderr())
        .contains("--preserve-fds");
    assertThat(oci("--systemd-cgroup", "list").failedPolitely().stderr()).contains("systemd");
  }

  @Test
  void sendsTheTerminalToTheConsoleSocket() throws Exception {
    Path path = directory.resolve("console");
    OciBundle.make(
        directory,
        "tty > /out/tty; stty size >> /out/tty; test -c /dev/console && echo console >> /out/tty;"
            + " sleep 1000",
        config -> {
          member(config, "process").put("terminal", true);
          member(config, "process").put("consoleSize", Map.of("height", 31L, "width", 97L));
        });
    assertThat(oci("create", "--bundle", directory.toString(), "one").failedPolitely().stderr())
        .contains("--console-socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      oci("create", "--bundle", directory.toString(), "--console-socket", path.toString(), "one")
          .succeeded();
      try (SocketChannel client = server.accept()) {
        oci("start", "one").succeeded();
        await()
            .until(
                () ->
                    Files.exists(directory.resolve("out/tty"))
                        && new OciBundle(directory).out("tty").contains("console"));
        ByteBuffer name = ByteBuffer.allocate(64);
        assertThat(client.read(name)).isPositive();
      }
    }
    assertThat(new OciBundle(directory).out("tty")).isEqualTo("/dev/pts/0\n31 97\nconsole\n");
  }

  @Test
  void joinsNamespacesByPath() throws Exception {
    Process other =
        new ProcessBuilder(
                "unshare",
                "--net",
                "--uts",
                "sh",
                "-c",
                "hostname joined; echo up; exec sleep 1000")
            .start();
    try {
      assertThat(other.inputReader().readLine()).isEqualTo("up");
      OciBundle.make(
          directory,
          "hostname > /out/names; readlink /proc/self/ns/net >> /out/names",
          config -> {
            List<Object> namespaces = list(member(config, "linux"), "namespaces");
            namespaces.remove(Map.of("type", "uts"));
            namespaces.remove(Map.of("type", "network"));
            for (String type : List.of("uts", "network")) {
              namespaces.add(
                  Map.of(
                      "type",
                      type,
                      "path",
                      "/proc/" + other.pid() + "/ns/" + type.replace("network", "net")));
            }
            config.remove("hostname");
          });
      String net = Files.readSymbolicLink(Path.of("/proc/" + other.pid() + "/ns/net")).toString();
      run(new OciBundle(directory));
      assertThat(new OciBundle(directory).out("names")).isEqualTo("joined\n" + net + "\n");
    } finally {
      other.destroyForcibly();
    }
  }

  /** What a program can see of its container, in lines that do not depend on who made it. */
  private static final String INSPECTION =
      """
      exec > /out/seen 2>&1
      grep -E '^(Cap|NoNewPrivs|Seccomp:|Groups|Uid|Gid)' /proc/self/status | tr -s ' \\t' ' ' | sed 's/ $//'
      grep -E 'open files|core file' /proc/self/limits | tr -s ' '
      sed -E 's/^[0-9]+ [0-9]+ [0-9:]+ //; s/(shared|master|propagate_from):[0-9]+ //g; s/ - ([a-z0-9]+) [^ ]+ / - \\1 /; s/ - sysfs r./ - sysfs/' /proc/self/mountinfo \
        | grep -v -E ' (/out|/usr[^ ]*|/|/sys/firmware|/proc/keys) ' | sort
      cd /dev; for f in *; do test $f = console || stat -c '%N %A %u %g %t:%T' $f | grep -v -E '^.(fd|core)'; done; cd /
      cat /proc/sys/kernel/hostname /proc/sys/net/core/somaxconn
      wc -c < /proc/keys; ls -A /sys/firmware
      umask; pwd; env | grep -v -E '^(PWD|_|SHLVL|OLDPWD)=' | sort
      touch /x 2>&1; touch /proc/sys/kernel/panic 2>&1 | head -1
      ls /proc/self/fd | head -3
      cat /sys/devices/system/cpu/online > /dev/null && echo sys
      mknod /tmp/t c 1 3 2>&1; head -c 1 /dev/mem 2>&1 | tail -1
      """;

  @Test
  void looksTheSameInsideAsWithOtherRuntimes() throws Exception {
    List<String> others = new ArrayList<>();
    for (String name : List.of("runc", "crun")) {
      if (Files.isExecutable(Path.of("/usr/bin", name))
          || Files.isExecutable(Path.of("/usr/sbin", name))) {
        others.add(name);
      }
    }
    assumeTrue(!others.isEmpty(), "SKIPPED: neither runc nor crun is here to compare with");
    OciBundle bundle =
        OciBundle.make(
            directory,
            INSPECTION,
            config -> {
              Map<String, Object> process = member(config, "process");
              process.put("noNewPrivileges", true);
              process.put("oomScoreAdj", 77L);
              process.put(
                  "user",
                  Map.of("uid", 0L, "gid", 0L, "umask", 27L, "additionalGids", List.of(3L, 4L)));
              process.put(
                  "rlimits",
                  List.of(
                      Map.of("type", "RLIMIT_NOFILE", "soft", 99L, "hard", 199L),
                      Map.of("type", "RLIMIT_CORE", "soft", 0L, "hard", 0L)));
              process.put(
                  "capabilities", OciBundle.capabilities("CAP_MKNOD", "CAP_CHOWN", "CAP_KILL"));
              config.put("root", Map.of("path", "rootfs", "readonly", true));
              List<Object> mounts = list(config, "mounts");
              mounts.add(
                  mount("/tmp", "tmpfs", "tmpfs", "nosuid", "noatime", "mode=0700", "size=1m"));
              mounts.add(mount("/etc/here", "bind", "out", "bind", "ro", "nodev", "noexec"));
              Map<String, Object> linux = member(config, "linux");
              linux.put("sysctl", Map.of("net.core.somaxconn", "321"));
              linux.put(
                  "devices",
                  List.of(
                      Map.of(
                          "path",
                          "/dev/extra",
                          "type",
                          "c",
                          "major",
                          1L,
                          "minor",
                          5L,
                          "fileMode",
                          416L,
                          "uid",
                          7L,
                          "gid",
                          8L)));
              linux.put(
                  "seccomp",
                  Map.of(
                      "defaultAction",
                      "SCMP_ACT_ALLOW",
                      "architectures",
                      List.of("SCMP_ARCH_X86_64"),
                      "syscalls",
                      List.of(Map.of("names", List.of("keyctl"), "action", "SCMP_ACT_ERRNO"))));
              linux.put("rootfsPropagation", "rprivate");
            });
    Files.createDirectories(directory.resolve("rootfs/etc/here"));
    run(bundle);
    String ours = bundle.out("seen");
    assertThat(ours).contains("CapEff: 0000000008000021", "321", "Seccomp: 2");
    for (String other : others) {
      Files.deleteIfExists(directory.resolve("out/seen"));
      List<String> command = new ArrayList<>();
      if (other.equals("crun")) {
        // Older ones refuse machines with both versions of control groups unless one is hidden.
        command.addAll(
            List.of(
                "unshare",
                "-m",
                "sh",
                "-c",
                "umount /sys/fs/cgroup/unified 2>/dev/null; exec \"$@\"",
                "sh"));
      }
      command.addAll(
          List.of(
              other,
              "--root",
              directory.resolve("state").toString(),
              "run",
              "--bundle",
              directory.toString(),
              "jcompose-it-" + other));
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectInput(Path.of("/dev/null").toFile())
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assumeTrue(
          Files.exists(directory.resolve("out/seen")),
          "SKIPPED: " + other + " does not run here: " + said);
      assertThat(ours.lines())
          .as(other)
          .containsExactlyElementsOf(bundle.out("seen").lines().toList());
    }
  }

  @Test
  void limitsWhatAContainerUses() throws Exception {
    assumeTrue(
        Files.isDirectory(Path.of("/sys/fs/cgroup/memory")), "SKIPPED: reads version 1 files");
    OciBundle.make(
        directory,
        "sleep 1000",
        config -> member(config, "linux").put("cgroupsPath", "/jcompose-it-oci/group"));
    Path file = directory.resolve("config.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "\"resources\":{",
                "\"resources\":{\"memory\":{\"limit\":33554432},\"pids\":{\"limit\":19},\"cpu\":{\"shares\":333},"));
    oci("create", "--bundle", directory.toString(), "one").succeeded();
    Path memory = Path.of("/sys/fs/cgroup/memory/jcompose-it-oci/group");
    assertThat(memory.resolve("memory.limit_in_bytes")).hasContent("33554432");
    assertThat(Path.of("/sys/fs/cgroup/pids/jcompose-it-oci/group/pids.max")).hasContent("19");
    assertThat(Path.of("/sys/fs/cgroup/cpu/jcompose-it-oci/group/cpu.shares")).hasContent("333");
    oci("delete", "--force", "one").succeeded();
    assertThat(memory).doesNotExist();
    for (String hierarchy : Path.of("/sys/fs/cgroup").toFile().list()) {
      Path parent = Path.of("/sys/fs/cgroup", hierarchy, "jcompose-it-oci");
      if (Files.isDirectory(parent)) {
        Files.delete(parent);
      }
    }
  }

  @Test
  void describesItself() throws IOException {
    JsonObject features = OciBundle.json(oci("features").succeeded().stdout());
    assertThat(features.strings("hooks")).contains("createContainer", "poststop");
    assertThat(features.strings("mountOptions")).contains("rbind", "rro", "nosuid");
    oci("spec", "--bundle", directory.toString()).succeeded();
    Files.createDirectories(directory.resolve("rootfs"));
    assertThat(
            OciBundle.json(Files.readString(directory.resolve("config.json")))
                .object("process")
                .strings("args"))
        .containsExactly("sh");
    assertThat(oci("spec", "--bundle", directory.toString()).failedPolitely().stderr())
        .contains("exists");
  }
}
