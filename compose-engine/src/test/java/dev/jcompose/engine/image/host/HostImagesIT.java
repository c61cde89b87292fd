package dev.jcompose.engine.image.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.files.TreeRemoval;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs programs inside the well-known images, as chroot runs them, without the engine's runtime.
 */
class HostImagesIT {
  private static final Path NOWHERE = Path.of("/nonexistent");
  private static Path root = NOWHERE;
  private static HostImages host;

  @BeforeAll
  static void openStore() throws IOException {
    ProgramFinder programs = ProgramFinder.usual();
    assumeTrue(
        new com.sun.security.auth.module.UnixSystem().getUid() == 0,
        "SKIPPED: changing the root directory needs root");
    for (String program : List.of("unshare", "mount", "chroot")) {
      assumeTrue(programs.find(program) != null, "SKIPPED: this machine has no " + program);
    }
    root = Files.createTempDirectory("jcompose-images");
    ImageStore store =
        ImageStore.open(
            ImagePaths.of(StateDirectory.of(root.resolve("state"))),
            new JnaFileCalls(),
            event -> {});
    host = new HostImages(store, new JnaFileCalls(), Path.of(System.getProperty("java.home")));
  }

  @AfterAll
  static void delete() throws IOException {
    TreeRemoval.remove(new JnaFileCalls(), root);
  }

  @Test
  void theShellAndItsToolsWork() throws Exception {
    assertThat(
            run(
                host.wellKnown(HostImages.BASE),
                "sh",
                "-c",
                "id -un; ls -d /etc; echo abc | sed s/b/x/; awk 'BEGIN { print 6 * 7 }';"
                    + " find /etc -name passwd; grep -c root /etc/group; test -w /tmp; echo $?"))
        .isEqualTo("root\n/etc\naxc\n42\n/etc/passwd\n1\n0\n");
  }

  @Test
  void everyProgramOfTheBaseFindsItsLibraries() throws Exception {
    String complaints =
        run(
            host.wellKnown(HostImages.BASE),
            "sh",
            "-c",
            "for p in /usr/bin/* /usr/sbin/* /bin/*; do"
                + " [ -f $p ] && timeout 5 $p --version </dev/null 2>&1 >/dev/null"
                + " | grep -a 'shared lib\\|bad interpreter\\|not found'; done; true");
    assertThat(complaints).isEmpty();
  }

  @Test
  void javaRunsAProgramAndUsesItsSharedClasses() throws Exception {
    Image java = host.wellKnown(HostImages.JAVA);
    assertThat(run(java, "java", "-Xshare:auto", "-Xlog:cds", "-version"))
        .contains("version \"" + Runtime.version().feature())
        .doesNotContain("has changed");
  }

  private static String run(Image image, String... command) throws Exception {
    Path merged = Files.createDirectories(root.resolve("merged"));
    Path upper = Files.createDirectories(root.resolve("upper"));
    Path work = Files.createDirectories(root.resolve("work"));
    String lower =
        image.layerDirectories().reversed().stream()
            .map(Path::toString)
            .collect(Collectors.joining(":"));
    String script =
        """
        mount -t overlay overlay -o lowerdir=%1$s,upperdir=%2$s,workdir=%3$s %4$s
        mount -t proc proc %4$s/proc
        mount --bind /dev %4$s/dev
        exec chroot %4$s "$@"
        """
            .formatted(lower, upper, work, merged);
    ProcessBuilder builder = new ProcessBuilder("unshare", "-m", "sh", "-ec", script, "sh");
    builder.command().addAll(List.of(command));
    builder.environment().clear();
    builder.environment().put("PATH", image.config().variable("PATH"));
    builder.environment().put("LANG", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (var out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text;
    }
  }
}
