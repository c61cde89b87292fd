package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.exchange.ImageExchange.Loaded;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of images between this engine, skopeo and a Docker engine. */
class ForeignToolsIT {
  @TempDir Path temporary;

  @Test
  void skopeoReadsWhatWeSaveAndWeLoadWhatItWrites() throws Exception {
    assumeTrue(isThere("skopeo"), "SKIPPED: skopeo is not installed");
    ImageLibrary library = open("one");
    Image image = image(library);
    Path archive = save(library, "app:1");
    assertThat(run("skopeo", "inspect", "--config", "docker-archive:" + archive))
        .contains(image.diffIds().getFirst().toString());
    Path layout = Files.createDirectory(temporary.resolve("layout"));
    run("tar", "xf", archive.toString(), "-C", layout.toString());
    Path back = temporary.resolve("back.tar");
    run("skopeo", "copy", "oci:" + layout + ":1", "docker-archive:" + back + ":back:2");
    Loaded loaded = load("two", back);
    assertThat(loaded.names()).containsExactly("back:2");
    same(loaded.image(), image);
    // Its own layout, compressed and with the name it was given.
    Path oci = temporary.resolve("oci.tar");
    run("skopeo", "copy", "oci:" + layout + ":1", "oci-archive:" + oci + ":local/back:3");
    Loaded fromLayout = load("three", oci);
    assertThat(fromLayout.names()).containsExactly("local/back:3");
    same(fromLayout.image(), image);
  }

  @Test
  void imagesGoBothWaysWithADockerEngineAndStayTheSame() throws Exception {
    assumeTrue(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)
            && isThere("dockerd")
            && isThere("docker"),
        "SKIPPED: no Docker engine can be started here");
    ImageLibrary library = open("one");
    Image image = image(library);
    Path archive = save(library, "app:1");
    Path socket = temporary.resolve("docker.sock");
    Process daemon = docker(socket);
    try {
      Map<String, String> there = Map.of("DOCKER_HOST", "unix://" + socket);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> daemon.isAlive() && succeeds(there, "docker", "version"));
      assertThat(run(there, "docker", "load", "-i", archive.toString())).contains("app:1");
      assertThat(run(there, "docker", "image", "inspect", "--format", "{{.Id}}", "app:1").strip())
          .isEqualTo(image.id());
      Path back = temporary.resolve("back.tar");
      run(there, "docker", "tag", "app:1", "app:2");
      run(there, "docker", "save", "-o", back.toString(), "app:1", "app:2");
      Loaded loaded = load("two", back);
      assertThat(loaded.names()).containsExactlyInAnyOrder("app:1", "app:2");
      same(loaded.image(), image);
      // One that Docker made itself.
      Path files = Files.write(temporary.resolve("files.tar"), files());
      String id =
          run(there, "docker", "import", "-c", "CMD [\"x\"]", files.toString(), "made:1").strip();
      Path made = temporary.resolve("made.tar");
      run(there, "docker", "save", "-o", made.toString(), "made:1");
      Image ours = load("three", made).image();
      assertThat(ours.id()).isEqualTo(id);
      assertThat(ours.layerDirectories().getFirst().resolve("etc/motd")).hasContent("welcome");
      assertThat(ours.config().cmd()).containsExactly("x");
    } finally {
      daemon.destroy();
      if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
        daemon.destroyForcibly().waitFor();
      }
    }
  }

  private Process docker(Path socket) throws IOException {
    return new ProcessBuilder(
            "dockerd",
            "--data-root",
            temporary.resolve("docker-data").toString(),
            "--exec-root",
            temporary.resolve("docker-exec").toString(),
            "--pidfile",
            temporary.resolve("docker-pid").toString(),
            "--iptables=false",
            "--ip6tables=false",
            "--bridge=none",
            "-H",
            "unix://" + socket)
        .redirectErrorStream(true)
        .redirectOutput(temporary.resolve("docker-log").toFile())
        .start();
  }

  /** The same image in the same bytes: ids are digests, and unpacking checked them. */
  private static void same(Image one, Image other) {
    assertThat(one.id()).isEqualTo(other.id());
    assertThat(one.diffIds()).isEqualTo(other.diffIds());
    assertThat(one.config()).isEqualTo(other.config());
    assertThat(one.layerDirectories().getFirst().resolve("etc/motd")).hasContent("welcome");
    assertThat(one.layerDirectories().getFirst().resolve("etc/link")).isSymbolicLink();
  }

  private ImageLibrary open(String name) throws IOException {
    return ImageLibrary.open(
        StateDirectory.of(temporary.resolve(name)), new JnaFileCalls(), event -> {});
  }

  private static Image image(ImageLibrary library) throws Exception {
    return library
        .archives()
        .importFiles(
            new ByteArrayInputStream(files()), "app:1", "", List.of("CMD [\"true\"]"), null);
  }

  private static byte[] files() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      byte[] content = "welcome".getBytes(StandardCharsets.UTF_8);
      tar.write(TarEntry.directory("etc", 0755, 5));
      tar.write(
          TarEntry.file("etc/motd", 0640, content.length, 5), new ByteArrayInputStream(content));
      tar.write(TarEntry.symlink("etc/link", "motd", 5));
    }
    return bytes.toByteArray();
  }

  private Path save(ImageLibrary library, String name) throws Exception {
    Path archive = temporary.resolve("saved.tar");
    try (OutputStream out = Files.newOutputStream(archive)) {
      library.archives().save(List.of(name)).to(out);
    }
    return archive;
  }

  private Loaded load(String root, Path archive) throws Exception {
    try (InputStream in = Files.newInputStream(archive)) {
      return open(root).archives().load(in, null).getFirst();
    }
  }

  private static boolean isThere(String program) {
    return succeeds(Map.of(), program, "--version");
  }

  private static boolean succeeds(Map<String, String> environment, String... command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      return builder
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String run(String... command) throws Exception {
    return run(Map.of(), command);
  }

  private static String run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command) + ": " + output).isZero();
    return output;
  }
}
