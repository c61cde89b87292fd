package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.ContainerFiles.Change;
import dev.jcompose.engine.container.ContainerFiles.ChangeKind;
import dev.jcompose.engine.container.ContainerFiles.Usage;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writable layer of containers: what they changed, what they take, and all of it as a tar. */
class LayersIT {
  @AutoClose private static TestEngine engine;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  private ContainerSpec alone(String line) {
    MountRequest volume =
        new MountRequest.Bind(directory.toString(), "/data", false, false, "", false, true, null);
    return TestEngine.shell(line)
        .withMounts(List.of(volume))
        .withNetwork(NetworkSettings.DEFAULT.withNetworks("none", Map.of()));
  }

  private static List<String> exported(String id) throws IOException {
    var bytes = new ByteArrayOutputStream();
    engine.parts.files.export(id, bytes);
    var reader = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
    List<String> names = new ArrayList<>();
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      names.add(entry.name());
    }
    return names;
  }

  @Test
  void tellsWhatAContainerAddedChangedAndDeleted() throws Exception {
    String id =
        engine
            .run(
                alone(
                    "mkdir -p /a/b; echo x > /a/b/c; echo y >> /etc/group; rm /etc/passwd;"
                        + " echo z > /data/kept; chmod 700 /tmp"))
            .id();
    assertThat(engine.parts.files.changes(id))
        .contains(
            new Change(ChangeKind.ADDED, "/a"),
            new Change(ChangeKind.ADDED, "/a/b"),
            new Change(ChangeKind.ADDED, "/a/b/c"),
            new Change(ChangeKind.MODIFIED, "/etc"),
            new Change(ChangeKind.MODIFIED, "/etc/group"),
            new Change(ChangeKind.DELETED, "/etc/passwd"),
            new Change(ChangeKind.MODIFIED, "/tmp"))
        .noneMatch(change -> change.path().startsWith("/data/") || change.path().contains("hosts"));
  }

  @Test
  void aDirectoryThatWasReplacedHasLostWhatWasInIt() throws Exception {
    String id = engine.run(alone("cd /usr; rm -r local; mkdir local; touch local/new")).id();
    assertThat(engine.parts.files.changes(id))
        .containsSubsequence(
            new Change(ChangeKind.MODIFIED, "/usr"),
            new Change(ChangeKind.MODIFIED, "/usr/local"),
            new Change(ChangeKind.DELETED, "/usr/local/bin"),
            new Change(ChangeKind.ADDED, "/usr/local/new"));
  }

  @Test
  void aContainerThatOnlyRanHasChangedNothing() throws Exception {
    String id = engine.run(TestEngine.alone("true")).id();
    assertThat(engine.parts.files.changes(id)).isEmpty();
  }

  @Test
  void exportsTheFilesOfARunningContainerWithoutItsVolumes() throws Exception {
    String id =
        engine.create(alone("echo x > /new; rm /etc/passwd; echo y > /data/kept; sleep 99"));
    assertThat(exported(id)).contains("etc/passwd", "usr/bin/").doesNotContain("new");
    engine.parts.containers.start(id);
    org.awaitility.Awaitility.await().until(() -> exported(id).contains("new"));
    assertThat(exported(id)).doesNotContain("etc/passwd", "data/kept").contains("etc/group");
    engine.parts.containers.remove(id, true, false);
  }

  private Image commit(String id, String name) throws IOException {
    return engine.parts.commits.commit(
        new Commits.Request(
            id, name, "", "", List.of(), false, engine.parts.containers.get(id).spec()));
  }

  private static ContainerSpec of(String image, String line) {
    return ContainerSpec.ofImage(image)
        .withProcess(ProcessSettings.NONE.withCommand("sh", "-c", line))
        .withNetwork(NetworkSettings.DEFAULT.withNetworks("none", Map.of()));
  }

  @Test
  void changesToAnImageOfSeveralLayersAreToldAgainstAllOfThem() throws Exception {
    String first =
        engine
            .run(
                of(
                    "jcompose/base",
                    "mkdir /d; echo 1 > /d/one; echo 2 > /d/two; mkdir /e; :> /e/f"))
            .id();
    commit(first, "layers:2");
    String second =
        engine
            .run(of("layers:2", "rm /d/one; echo 3 > /d/three; rm -r /e; mkdir /e; :> /e/g"))
            .id();
    assertThat(engine.parts.files.changes(second))
        .contains(
            new Change(ChangeKind.MODIFIED, "/d"),
            new Change(ChangeKind.DELETED, "/d/one"),
            new Change(ChangeKind.ADDED, "/d/three"),
            new Change(ChangeKind.MODIFIED, "/e"),
            new Change(ChangeKind.DELETED, "/e/f"),
            new Change(ChangeKind.ADDED, "/e/g"))
        .noneMatch(change -> change.path().equals("/d/two"));
    Image three = commit(second, "layers:3");
    assertThat(three.layerDirectories()).hasSize(3);

    TestEngine.Finished third = engine.run(of("layers:3", "cd /; ls d e; rm /d/two /d/three"));
    assertThat(third.output()).isEqualTo("d:\nthree\ntwo\n\ne:\ng\n");
    assertThat(engine.parts.files.changes(third.id()))
        .contains(
            new Change(ChangeKind.DELETED, "/d/two"), new Change(ChangeKind.DELETED, "/d/three"));
    assertThat(exported(third.id()))
        .contains("d/", "e/g", "usr/bin/")
        .doesNotContain("d/one", "d/two", "d/three", "e/f");
  }

  @Test
  void measuresTheWritableLayerAndWithItTheImage() throws Exception {
    String id = engine.run(alone("head -c 70000 /dev/zero > /new")).id();
    Usage usage = engine.parts.files.usage(id);
    assertThat(usage.own()).isBetween(70_000L, 71_000L);
    long image = engine.parts.images.resolve("jcompose/base").size();
    assertThat(usage.all() - usage.own()).isEqualTo(image);
  }
}
