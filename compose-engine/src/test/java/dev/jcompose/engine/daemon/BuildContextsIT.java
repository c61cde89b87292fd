package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.jcompose.engine.build.BuildException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageUse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildContextsIT {
  @AutoClose private static TestEngine engine;

  @TempDir Path work;

  private BuildLab lab;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  @BeforeEach
  void lab() {
    lab = new BuildLab(engine, work);
  }

  @Test
  void standsOnAndCopiesFromAnImageInAnOciLayoutFolder() throws Exception {
    Path layout = layout("kept");
    lab.contexts.put("base", "oci-layout://" + layout);
    Image image =
        lab.build(
            """
            FROM base AS on
            COPY <<EOF /more
            more
            EOF
            FROM jcompose/base
            COPY --from=base /file /from-layout
            COPY --from=on /more /
            """);
    assertThat(lab.run(image, "cat /from-layout /more")).isEqualTo("kept\nmore");

    lab.contexts.put("base", "oci-layout://" + layout + ":1");
    assertThat(lab.build("FROM base\n").config().env()).contains("FROM=layout");
    lab.contexts.put("base", "oci-layout://" + layout + "@" + digest(layout));
    assertThat(lab.build("FROM base\n").config().env()).contains("FROM=layout");
  }

  @Test
  void saysWhatIsWrongWithAnOciLayout() throws Exception {
    Path layout = layout("other");
    lab.contexts.put("base", "oci-layout://" + layout + ":2");
    assertBuildFails("it has no image 2; there are 1");
    lab.contexts.put("base", "oci-layout://" + layout + "@sha256:" + "0".repeat(64));
    assertBuildFails("it has no image sha256:0000");
    lab.contexts.put("base", "oci-layout://" + work.resolve("absent"));
    assertBuildFails("there is no folder");
    lab.contexts.put("base", "oci-layout://" + Files.createDirectory(work.resolve("empty")));
    assertBuildFails("it is no OCI image layout");
    lab.contexts.put("base", "oci-layout://" + layout);
    try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
      for (Path blob : blobs.toList()) {
        Files.writeString(blob, "damaged");
      }
    }
    assertBuildFails("other content than its name says");
    lab.contexts.put("base", work.toString());
    assertBuildFails("is a folder, and a stage stands on an image");
  }

  private void assertBuildFails(String sentence) {
    assertThatThrownBy(() -> lab.build("FROM base\n"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("Dockerfile:1")
        .hasMessageContaining(sentence);
  }

  @Test
  void readsNoLayoutThatOnlyTheDockerfileNames() throws Exception {
    Path layout = layout("hidden");
    assertThatThrownBy(() -> lab.build("FROM oci-layout://" + layout + "\n"))
        .hasMessageContaining("is not a registry");
  }

  @Test
  void takesAnotherImageForAName() throws Exception {
    lab.build("FROM jcompose/base\nRUN echo other > /origin\n", "other:1");
    lab.contexts.put("debian:12", "docker-image://other:1");
    Image image = lab.build("FROM debian:12\nCOPY --from=debian:12 /origin /copied\n");
    assertThat(lab.run(image, "cat /origin /copied")).isEqualTo("other\nother");
    lab.contexts.put("debian:12", "ftp://host/image");
    assertThatThrownBy(() -> lab.build("FROM debian:12\n"))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining("the context debian:12 is \"ftp://host/image\"; write a folder");
  }

  /** A layout with one image that this engine does not have. */
  private Path layout(String text) throws Exception {
    Path tree = Files.createDirectories(work.resolve(text + "-tree"));
    Files.writeString(tree.resolve("file"), text + "\n");
    Path archive = work.resolve(text + ".tar");
    execute(work, "tar", "-cf", archive.toString(), "-C", tree.toString(), ".");
    Image image =
        engine
            .parts
            .images
            .archives()
            .importFiles(
                new ByteArrayInputStream(Files.readAllBytes(archive)),
                "layout/" + text + ":1",
                "",
                List.of("ENV FROM=layout"),
                null);
    try (OutputStream out = Files.newOutputStream(archive)) {
      engine.parts.images.archives().save(List.of("layout/" + text + ":1")).to(out);
    }
    engine.parts.images.remove(image.id(), true, false, ImageUse.NONE);
    Path layout = Files.createDirectory(work.resolve(text));
    execute(layout, "tar", "-xf", archive.toString());
    return layout;
  }

  private static String digest(Path layout) throws IOException {
    String index = Files.readString(layout.resolve("index.json"));
    int at = index.indexOf("sha256:");
    return index.substring(at, at + 71);
  }

  @Test
  void takesAnArchiveOrADockerfileOfAServer() throws Exception {
    Files.createDirectories(work.resolve("made"));
    lab.file("made/Dockerfile", "FROM jcompose/base\nCOPY file /\n").file("made/file", "kept\n");
    execute(work.resolve("made"), "tar", "-czf", "../context.tar.gz", ".");
    lab.file("only/Dockerfile", "FROM jcompose/base\nRUN echo alone > /file\n");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          Path file = work.resolve("." + exchange.getRequestURI().getPath());
          boolean there = Files.isRegularFile(file);
          byte[] body = there ? Files.readAllBytes(file) : new byte[0];
          exchange.sendResponseHeaders(there ? 200 : 404, there ? body.length : -1);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    try {
      assertThat(lab.run(lab.buildRemote(address + "/context.tar.gz"), "cat /file"))
          .isEqualTo("kept");
      assertThat(lab.run(lab.buildRemote(address + "/only/Dockerfile"), "cat /file"))
          .isEqualTo("alone");
      lab.contexts.put("sources", address + "/context.tar.gz");
      assertThat(
              lab.run(
                  lab.build("FROM jcompose/base\nCOPY --from=sources file /named\n"), "cat /named"))
          .isEqualTo("kept");
      lab.contexts.clear();
      assertThatThrownBy(() -> lab.buildRemote(address + "/absent"))
          .hasMessageContaining("could not get the build context")
          .hasMessageContaining("the server answered 404");
    } finally {
      server.stop(0);
    }
    assertThatThrownBy(() -> lab.buildRemote(address + "/context.tar.gz"))
        .hasMessageContaining("nothing answers");
  }

  @Test
  void takesABranchATagACommitAndAFolderOfAGitRepository() throws Exception {
    try (GitDaemon git = new GitDaemon()) {
      String remote = git.address + "/bare.git";
      assertThat(lab.run(lab.buildRemote(remote), "cat /file; ls -A /all"))
          .isEqualTo("second\nDockerfile\nfile\nfirst-folder\noutside");
      assertThat(lab.run(lab.buildRemote(remote + "#v1"), "cat /file")).isEqualTo("first");
      assertThat(lab.run(lab.buildRemote(remote + "#" + git.first), "cat /file"))
          .isEqualTo("first");
      assertThat(lab.run(lab.buildRemote(remote + "#side"), "cat /file")).isEqualTo("side");
      assertThat(lab.run(lab.buildRemote(remote + "#main:first-folder"), "cat /file"))
          .isEqualTo("inside");
      assertThat(
              lab.run(
                  lab.buildRemote(remote + "?branch=main&subdir=first-folder&commit=" + git.second),
                  "cat /file"))
          .isEqualTo("inside");

      lab.contexts.put("sources", remote + "#side");
      assertThat(
              lab.run(
                  lab.build("FROM jcompose/base\nCOPY --from=sources file /named\n"), "cat /named"))
          .isEqualTo("side");
      lab.contexts.clear();
      assertThat(
              lab.run(
                  lab.build(
                      "FROM jcompose/base\nADD --keep-git-dir=true --checksum=%s %s#v1 /src\n"
                          .formatted(git.first, remote)),
                  "cat /src/file /src/.git/HEAD"))
          .isEqualTo("first\n" + git.first);
    }
  }

  @Test
  void refusesWhatAGitRepositoryHasNotOrMustNotReach() throws Exception {
    try (GitDaemon git = new GitDaemon()) {
      String remote = git.address + "/bare.git";
      assertRefused(remote + "#nowhere", "git checkout failed");
      assertRefused(remote + "#main:absent", "has no folder absent");
      assertRefused(remote + "#main:outside", "has no folder outside");
      assertRefused(remote + "#main:../..", "has no folder ../..");
      assertRefused(remote + "?colour=red", "\"colour\" is not supported");
      assertRefused(remote + "?branch=main#v1", "both ?… and #…");
      assertRefused(remote + "?branch=main&commit=" + git.first, "and not at " + git.first);
      Path marker = work.resolve("marker");
      assertRefused(
          remote + "#--upload-pack=touch " + marker + ";git-upload-pack",
          "is no branch, tag or commit");
      assertThat(marker).doesNotExist();
      assertRefused(git.address + "/absent.git", "git fetch failed");
    }
  }

  @Test
  void showsATokenToTheServerOfARepositoryOnly() throws Exception {
    assumeTrue(isThere("git"), "SKIPPED: repositories need git");
    List<String> shown = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    server.start();
    String remote = "http://127.0.0.1:" + server.getAddress().getPort() + "/private.git";
    try {
      lab.secrets.put("GIT_AUTH_TOKEN", "s3cret".getBytes(UTF_8));
      assertRefused(remote, "git fetch failed");
      assertThat(shown)
          .isNotEmpty()
          .containsOnly(
              "basic "
                  + Base64.getEncoder().encodeToString("x-access-token:s3cret".getBytes(UTF_8)));
      shown.clear();
      lab.secrets.put("GIT_AUTH_HEADER.127.0.0.1", "Bearer own".getBytes(UTF_8));
      assertThatThrownBy(() -> lab.build("FROM jcompose/base\nADD %s /src\n".formatted(remote)))
          .hasMessageContaining("git fetch failed")
          .hasMessageNotContaining("own");
      assertThat(shown).isNotEmpty().containsOnly("Bearer own");
      shown.clear();
      lab.secrets.clear();
      lab.secrets.put("GIT_AUTH_TOKEN.elsewhere", "other".getBytes(UTF_8));
      assertRefused(remote, "git fetch failed");
      assertThat(shown).containsOnly("null");
    } finally {
      server.stop(0);
    }
  }

  private void assertRefused(String address, String sentence) {
    assertThatThrownBy(() -> lab.buildRemote(address))
        .isInstanceOf(BuildException.class)
        .hasMessageContaining(sentence);
  }

  /** A bare repository with two branches and a tag, served on a free port. */
  private final class GitDaemon implements AutoCloseable {
    final String address;
    final String first;
    final String second;
    private final Process daemon;

    GitDaemon() throws Exception {
      assumeTrue(isThere("git"), "SKIPPED: repositories need git");
      Path tree = Files.createDirectory(work.resolve("tree"));
      git(tree, "init", "--quiet", "--initial-branch=main");
      lab.file("tree/Dockerfile", "FROM jcompose/base\nCOPY file /\nCOPY . /all\n");
      first = commit(tree, "first\n");
      git(tree, "tag", "v1");
      lab.file("tree/first-folder/Dockerfile", "FROM jcompose/base\nCOPY file /\n");
      lab.file("tree/first-folder/file", "inside\n");
      Files.createSymbolicLink(tree.resolve("outside"), Path.of(".."));
      second = commit(tree, "second\n");
      git(tree, "checkout", "--quiet", "-b", "side");
      commit(tree, "side\n");
      git(tree, "checkout", "--quiet", "main");
      execute(work, "git", "clone", "--quiet", "--bare", tree.toString(), "bare.git");
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      daemon =
          new ProcessBuilder(
                  "git",
                  "daemon",
                  "--export-all",
                  "--reuseaddr",
                  "--listen=127.0.0.1",
                  "--port=" + port,
                  "--base-path=" + work,
                  work.toString())
              .redirectErrorStream(true)
              .redirectOutput(work.resolve("daemon.log").toFile())
              .start();
      address = "git://127.0.0.1:" + port;
      Awaitility.await()
          .ignoreExceptions()
          .until(
              () -> {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return true;
              });
    }

    private String commit(Path tree, String text) throws Exception {
      Files.writeString(tree.resolve("file"), text);
      git(tree, "add", ".");
      git(tree, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", "one");
      return git(tree, "rev-parse", "HEAD").strip();
    }

    @Override
    public void close() {
      // git daemon is a child of git, which passes no signal on.
      daemon.descendants().forEach(ProcessHandle::destroy);
      daemon.destroy();
    }
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String git(Path folder, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    return execute(folder, command.toArray(String[]::new));
  }

  private static String execute(Path folder, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
