package dev.jcompose.engine.runtime.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.launch.ElfImage;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Mount;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Particulars;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;
import dev.jcompose.engine.runtime.RootFilesystem;
import dev.jcompose.engine.runtime.StandardMounts;
import dev.jcompose.engine.runtime.Stdio;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Golden texts of programs, in the resources beside this test. {@code -Dgolden.rewrite=true}
 * rewrites them.
 */
class ProgramsTest {
  private static final HostFacts HOST =
      new HostFacts(
          Architecture.X86_64, 40, List.of(new CgroupMount("cgroup", "cgroup2", "", List.of())));
  private static final byte[] FILTER = new byte[16];

  private static ProcessSpec process(boolean reaper) {
    return new ProcessSpec(
        List.of("server", "--port", "80"),
        List.of("PATH=/usr/bin:/bin", "A=b"),
        "/srv",
        new Identity(1000, 100, List.of(46), "/home/ana"),
        Capabilities.of(Capabilities.STANDARD, 1000),
        false,
        List.of(new Rlimit(Rlimit.Resource.NOFILE, 1024, 524288)),
        null,
        022,
        reaper);
  }

  private static LaunchSpec spec(List<Mount> mounts, Map<String, String> sysctls, Stdio stdio) {
    return new LaunchSpec(
        "0123",
        new RootFilesystem.Overlay(
            List.of(Path.of("/l/one"), Path.of("/l/two")),
            Path.of("/c/upper"),
            Path.of("/c/work"),
            Path.of("/c/merged"),
            true),
        mounts,
        process(stdio instanceof Stdio.Terminal),
        Namespaces.OWN,
        "web",
        null,
        sysctls,
        List.of(),
        List.of("/proc/kcore"),
        List.of("/proc/sys"),
        new SeccompProfile.Standard(),
        new CgroupSpec("/jcompose/0123", Limits.NONE, List.of()),
        stdio);
  }

  @Test
  void createsAContainer() throws Exception {
    LaunchSpec spec =
        spec(
            StandardMounts.with(
                List.of(
                    Mount.Bind.of(Path.of("/no/such/volume"), "/var/data", true),
                    new Mount.Layers(
                        List.of(Path.of("/l/four"), Path.of("/l/three")),
                        Path.of("/c/images/0"),
                        "/usr/share",
                        true,
                        "/assets")),
                StandardMounts.SHM_BYTES,
                false),
            LaunchSpec.NETWORK_SYSCTLS,
            new Stdio.Fifos(null, Path.of("/run/stdout"), Path.of("/run/stderr")));
    expect("create", CreateProgram.compile(spec, HOST, FILTER));
  }

  @Test
  void createsAContainerOnATerminalBelowAReaper() throws Exception {
    expect(
        "terminal",
        CreateProgram.compile(
            spec(List.of(Mount.Dev.standard()), Map.of(), new Stdio.Terminal(24, 80)), HOST, null));
  }

  @Test
  void handsAContainerOverToWhoStartsIt() throws Exception {
    LaunchSpec plain =
        spec(
            List.of(
                new Mount.Filesystem("tmpfs", "t", "/t", List.of("nosuid", "noatime"), "size=1k"),
                new Mount.Nodes("/dev")),
            Map.of(),
            new Stdio.Inherited(true, true, false));
    LaunchSpec spec =
        plain.with(
            new Particulars(
                new Particulars.Handover(Path.of("/s/start"), Path.of("/s/report")),
                Mount.Propagation.SLAVE,
                Map.of("boottime", new Particulars.TimeOffset(7, 5)),
                8L,
                0x4003,
                null));
    expect("handover", CreateProgram.compile(spec, HOST, null));
  }

  @Test
  void hasAnotherRuntimeCreateAContainer() throws Exception {
    LaunchSpec spec =
        spec(
            List.of(
                new Mount.Layers(
                    List.of(Path.of("/l/three"), Path.of("/c/images/0")),
                    Path.of("/c/images/0"),
                    "/",
                    true,
                    "/assets")),
            Map.of(),
            new Stdio.Fifos(Path.of("/run/in"), Path.of("/run/out"), Path.of("/run/err")));
    expect(
        "other",
        OtherRuntimeProgram.compile(
            spec.keptIn(Path.of("/run/exit")),
            HOST.architecture(),
            List.of("/usr/sbin/runc", "create", "0123"),
            List.of("PATH=/bin")));
  }

  @Test
  void takesAProfileOfAppArmorBeforeAnythingOfTheContainerIsThere() {
    ProcessSpec process = process(false);
    ProcessSpec confined =
        new ProcessSpec(
            process.arguments(),
            process.environment(),
            process.workingDirectory(),
            process.identity(),
            process.capabilities(),
            false,
            List.of(),
            null,
            022,
            false,
            "docker-default");
    String text =
        ExecProgram.compile(
                new ExecSpec(confined, new SeccompProfile.Unconfined(), new Stdio.Null()),
                HOST,
                null)
            .text();
    assertThat(text)
        .contains("\"/proc/thread-self/attr/apparmor/exec\"")
        .contains("\"exec docker-default\"");
    assertThat(text.indexOf("docker-default")).isLessThan(text.indexOf("setns("));
  }

  @Test
  void executesInAContainer() throws Exception {
    expect(
        "exec",
        ExecProgram.compile(
            new ExecSpec(process(false), new SeccompProfile.Standard(), new Stdio.Pipes(false)),
            HOST,
            FILTER));
  }

  @Test
  void refusesToChangeTheHostsKernelSettings() {
    LaunchSpec spec = spec(List.of(), Map.of("kernel.panic", "1"), new Stdio.Null());
    assertThatThrownBy(() -> CreateProgram.compile(spec, HOST, null))
        .hasMessageContaining("kernel.panic")
        .hasMessageContaining("whole machine");
  }

  @Test
  void refusesMountsInsideProc() {
    LaunchSpec spec =
        spec(
            List.of(new Mount.Tmpfs("/proc/./self/", 0, 0755, List.of())),
            Map.of(),
            new Stdio.Null());
    assertThatThrownBy(() -> CreateProgram.compile(spec, HOST, null))
        .hasMessageContaining("belongs to /proc");
  }

  @Test
  void looksProgramsUpAlongThePath() {
    assertThat(ProcessSteps.candidates("a", List.of("PATH=/x", "PATH=/y::z")))
        .containsExactly("/y/a", "./a", "z/a");
    assertThat(ProcessSteps.candidates("./a", List.of())).containsExactly("./a");
    assertThat(ProcessSteps.candidates("a", List.of())).hasSize(6).contains("/bin/a");
  }

  private static void expect(String name, LaunchProgram program) throws Exception {
    for (Architecture architecture : Architecture.values()) {
      assertThat(ElfImage.of(program, architecture)).isNotEmpty();
    }
    String file = "dev/jcompose/engine/runtime/program/" + name + ".txt";
    Path source = Path.of("src/test/resources").resolve(file);
    if (Boolean.getBoolean("golden.rewrite")) {
      Files.createDirectories(source.getParent());
      Files.writeString(source, program.text());
    }
    assertThat(program.text()).isEqualTo(Files.readString(source, StandardCharsets.UTF_8));
  }
}
