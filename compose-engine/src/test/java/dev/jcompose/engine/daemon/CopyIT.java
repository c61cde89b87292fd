package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopyIT {
  @AutoClose private static TestEngine engine;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  private static byte[] archive(TarEntry entry, String content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.write(entry, new ByteArrayInputStream(content.getBytes(UTF_8)));
    }
    return bytes.toByteArray();
  }

  private static Map<String, String> read(String id, String path) throws IOException {
    var bytes = new ByteArrayOutputStream();
    engine.parts.files.read(id, path, bytes);
    Map<String, String> files = new LinkedHashMap<>();
    TarReader tar = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
    for (TarEntry e = tar.next(); e != null; e = tar.next()) {
      files.put(e.name(), new String(tar.content().readAllBytes(), UTF_8) + e.linkName());
    }
    return files;
  }

  private static void write(String id, String path, byte[] archive) throws IOException {
    engine.parts.files.write(id, path, false, false, new ByteArrayInputStream(archive));
  }

  @Test
  void copiesIntoAndOutOfARunningContainerThroughItsVolumes() throws Exception {
    MountRequest volume =
        new MountRequest.NamedVolume(null, "/vol", false, false, "", "", Map.of(), Map.of(), null);
    String id = engine.create(TestEngine.alone("sleep 100").withMounts(List.of(volume)));
    engine.parts.containers.start(id);
    write(id, "/vol", archive(TarEntry.file("a/hello", 0640, 5, 1_000_000), "hello"));
    assertThat(read(id, "/vol/a")).containsEntry("a/hello", "hello").containsKey("a/");
    assertThat(read(id, "/vol/a/.")).containsEntry("./hello", "hello");
    assertThat(engine.parts.files.stat(id, "/vol/a/hello").size()).isEqualTo(5);
    assertThat(Path.of(engine.parts.containers.get(id).mounts().getFirst().source(), "a/hello"))
        .hasContent("hello");
    engine.parts.containers.remove(id, true, true);
  }

  @Test
  void copiesIntoAContainerThatHasNeverRunAndItFindsTheFiles() throws Exception {
    MountRequest volume =
        new MountRequest.NamedVolume(
            null, "/deep/vol", false, false, "", "", Map.of(), Map.of(), null);
    String id =
        engine.create(
            TestEngine.alone("cat /deep/vol/inside /outside").withMounts(List.of(volume)));
    write(id, "/deep/vol", archive(TarEntry.file("inside", 0644, 3, 0), "in\n"));
    write(id, "/", archive(TarEntry.file("outside", 0644, 4, 0), "out\n"));
    assertThat(read(id, "/outside")).containsEntry("outside", "out\n");
    var end =
        engine.parts.containers.await(
            id, dev.jcompose.engine.container.Containers.WaitCondition.NEXT_EXIT);
    engine.parts.containers.start(id);
    end.get(10, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(engine.logs(id)).startsWith("in\nout\n");
    engine.parts.containers.remove(id, true, true);
  }

  @Test
  void linksOfTheContainerNeverLeadToTheHost() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "of the host");
    String id =
        engine.create(
            TestEngine.alone(
                "ln -s "
                    + directory
                    + " /trap; ln -s "
                    + secret
                    + " /link; ln -s ../../../../../../.. /up; echo ok; sleep 100"));
    engine.parts.containers.start(id);
    org.awaitility.Awaitility.await().until(() -> engine.logs(id).contains("ok"));
    assertThat(read(id, "/link")).containsEntry("link", secret.toString());
    assertThatThrownBy(() -> read(id, "/trap/secret")).isInstanceOf(EngineException.NotFound.class);
    assertThatThrownBy(() -> write(id, "/trap", archive(TarEntry.file("evil", 0644, 1, 0), "x")))
        .isInstanceOf(EngineException.NotFound.class);
    assertThatThrownBy(() -> write(id, "/", archive(TarEntry.file("../evil", 0644, 1, 0), "x")))
        .isInstanceOf(EngineException.InvalidRequest.class);
    assertThat(directory.resolve("evil")).doesNotExist();
    engine.parts.containers.remove(id, true, true);
  }

  @Test
  void cve201815664ALinkThatComesAndGoesWhileFilesAreCopiedLeadsNowhereElse() throws Exception {
    Files.writeString(directory.resolve("file"), "of the host");
    String id =
        engine.create(
            TestEngine.alone(
                """
                mkdir /d; echo inside > /d/file; echo ok
                while :; do mv /d /away; ln -s %s /d; rm /d; mv /away /d; sleep 0.01; done
                """
                    .formatted(directory)));
    engine.parts.containers.start(id);
    org.awaitility.Awaitility.await().until(() -> engine.logs(id).contains("ok"));
    byte[] planted = archive(TarEntry.file("planted", 0644, 1, 0), "x");
    int copied = 0;
    for (int attempt = 0; attempt < 200; attempt++) {
      try {
        assertThat(read(id, "/d/file")).containsEntry("file", "inside\n");
        write(id, "/d", planted);
        copied++;
      } catch (EngineException away) {
        // It was a link, or nothing, just then.
      }
      assertThat(directory.resolve("planted")).as("attempt %d", attempt).doesNotExist();
    }
    assertThat(copied).isPositive();
    engine.parts.containers.remove(id, true, true);
  }

  @Test
  void aPlaceThatIsNoDirectoryIsRefused() throws Exception {
    String id = engine.create(TestEngine.alone("true"));
    assertThatThrownBy(
            () -> write(id, "/no/such/place", archive(TarEntry.file("x", 0644, 1, 0), "x")))
        .isInstanceOf(EngineException.NotFound.class);
    assertThatThrownBy(() -> write(id, "/etc/passwd", archive(TarEntry.file("x", 0644, 1, 0), "x")))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining("not a directory");
    engine.parts.containers.remove(id, true, true);
  }
}
