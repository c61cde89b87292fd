package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code config} with the digests of a registry: Debian's, on a free port of loopback. */
class DigestsIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
  private static final Pattern LISTENING = Pattern.compile("listening on ([0-9.:]+)");
  private static final Pattern PUSHED = Pattern.compile("1: digest: (sha256:[0-9a-f]{64})");

  @TempDir static Path folder = Path.of("");

  private static @Nullable Process registry;
  private static String image = "";
  private static String digest = "";

  @BeforeAll
  static void push() throws IOException {
    assumeTrue(Files.isExecutable(PROGRAM), "SKIPPED: docker-registry is not installed");
    Path configuration = folder.resolve("registry.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        storage: {filesystem: {rootdirectory: %s}}
        http: {addr: "127.0.0.1:0"}
        """
            .formatted(folder.resolve("data")));
    Process process =
        new ProcessBuilder(PROGRAM.toString(), "serve", configuration.toString())
            .redirectErrorStream(true)
            .start();
    registry = process;
    image = address(process) + "/tools:1";
    JCOMPOSE.run("image", "from-host", image, "sh").succeeded();
    Matcher pushed = PUSHED.matcher(JCOMPOSE.run("image", "push", image).succeeded().stdout());
    assertThat(pushed.find()).isTrue();
    digest = pushed.group(1);
    Files.writeString(
        folder.resolve("compose.yaml"), "services: {web: {image: \"" + image + "\", tty: true}}\n");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    Process running = registry;
    if (running != null) {
      running.destroy();
      running.waitFor();
    }
  }

  @Test
  void namesWhatTheRegistryHasNow() {
    assertThat(JCOMPOSE.shell(folder, "jcompose config --resolve-image-digests").stdout())
        .contains("image: " + image + "@" + digest)
        .contains("tty: true");
  }

  @Test
  void aLockIsLaidOverTheFileAndCanBePulled() {
    JCOMPOSE
        .shell(
            folder,
            "jcompose config --lock-image-digests -o lock.yaml"
                + " && jcompose -f compose.yaml -f lock.yaml pull"
                + " && jcompose -f compose.yaml -f lock.yaml run --rm -T web sh -c true"
                + " && jcompose down")
        .succeeded();
  }

  @Test
  void anImageThatIsNotThereIsNamedWithItsLine() throws IOException {
    Files.writeString(
        folder.resolve("none.yaml"),
        "services:\n  web:\n    image: \"" + image.replace("tools", "none") + "\"\n");
    Jcompose.Result result =
        JCOMPOSE
            .shell(folder, "jcompose -f none.yaml config --lock-image-digests")
            .failedPolitely();
    assertThat(result.stderr())
        .contains("none.yaml:3:12: services.web.image: there is no digest of ");
  }

  private static String address(Process process) throws IOException {
    var lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        // What it says from now on nobody reads; a full pipe must not stop it.
        Thread.ofVirtual().start(() -> lines.lines().forEach(rest -> {}));
        return listening.group(1);
      }
    }
    throw new IOException("docker-registry ended without listening");
  }
}
