package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.Containers.WaitCondition;
import dev.jcompose.engine.container.MountPoint;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of one image in a container of another. */
class ImageMountsIT {
  /** Three layers: the base, one with files, one that deletes and replaces some of them. */
  private static final String ASSETS = "assets:1";

  @AutoClose private static TestEngine engine;

  private static Image assets;

  @BeforeAll
  static void start() throws Exception {
    engine = TestEngine.start();
    String below =
        layer(
            "jcompose/base",
            "assets:below",
            "mkdir -p /d/deep /e; echo 1 >/d/one; echo 2 >/d/two; echo 3 >/d/deep/three; :>/e/old;"
                + " ln -s two /d/link; ln -s d/deep /near; ln -s /d /absolute; ln -s ../../d /up;"
                + " ln -s /etc/hostname /host");
    layer(below, ASSETS, "rm /d/one; rm -r /e; mkdir /e; :>/e/new; echo upper >/d/deep/three");
    assets = engine.parts.images.resolve(ASSETS);
  }

  private static String layer(String from, String name, String line) throws Exception {
    ContainerSpec spec = TestEngine.alone(line);
    TestEngine.Finished made =
        engine.run(
            ContainerSpec.ofImage(from).withProcess(spec.process()).withNetwork(spec.network()));
    assertThat(made.exitCode()).isZero();
    engine.parts.commits.commit(
        new Commits.Request(made.id(), name, "", "", List.of(), false, spec));
    engine.parts.containers.remove(made.id(), true, true);
    return name;
  }

  private static ContainerSpec mounting(String subpath, String line) {
    return TestEngine.alone(line)
        .withMounts(List.of(new MountRequest.Image(ASSETS, "/img", subpath)));
  }

  private static void remove(String id) {
    engine.parts.containers.remove(id, true, true);
  }

  @Test
  void showsAllLayersOfTheImageAsAContainerOfItWouldSeeThem() throws Exception {
    TestEngine.Finished finished =
        engine.run(mounting("", "cd /img; ls d e; cat d/deep/three d/link; ls usr/bin/sh"));
    assertThat(finished.output())
        .isEqualTo("d:\ndeep\nlink\ntwo\n\ne:\nnew\nupper\n2\nusr/bin/sh\n");
    remove(finished.id());
  }

  @Test
  void showsAnImageOfOneLayer() throws Exception {
    assertThat(engine.parts.images.resolve("jcompose/base").layerDirectories()).hasSize(1);
    TestEngine.Finished finished =
        engine.run(
            TestEngine.alone("exec 2>&1; ls /img/etc/passwd; : >/img/x")
                .withMounts(List.of(new MountRequest.Image("jcompose/base", "/img", ""))));
    assertThat(finished.output()).contains("/img/etc/passwd\n", "Read-only file system");
    remove(finished.id());
  }

  @Test
  void nothingInItCanBeWritten() throws Exception {
    ContainerSpec spec =
        mounting(
            "",
            "for it in ': >/img/new' ': >/img/d/two' 'rm /img/d/two' 'chmod 0 /img' 'mkdir"
                + " /img/e/x'; do sh -c \"$it\" 2>/dev/null && echo \"$it\"; done; touch /img/new"
                + " 2>&1");
    assertThat(engine.run(spec).output()).matches("touch: .*: Read-only file system\n");
  }

  @Test
  void showsOneDirectoryOrFileOfTheImage() throws Exception {
    assertThat(engine.run(mounting("d/deep", "ls /img; cat /img/three")).output())
        .isEqualTo("three\nupper\n");
    assertThat(engine.run(mounting("near/", "ls /img")).output()).isEqualTo("three\n");
    assertThat(engine.run(mounting("d/link", "exec 2>&1; cat /img; : >/img")).output())
        .startsWith("2\n")
        .contains("Read-only file system");
  }

  @Test
  void linksOfTheImageLeadIntoTheContainerAndNotToTheHost() throws Exception {
    assertThat(engine.run(mounting("", "cat /img/host; cat /etc/hostname")).output().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("[0-9a-f]{12}"));
  }

  @ParameterizedTest
  @CsvSource({
    "nosuch, cannot access path nosuch: no such path inside image assets:1",
    "d/one, cannot access path d/one: no such path inside image assets:1",
    "absolute, cannot access path absolute: no such path inside image assets:1",
    "up, cannot access path up: no such path inside image assets:1",
    "/d, 'subpath \"/d\" of image assets:1 must be a relative path inside the image, without"
        + " \"..\"'",
    "d/../d, 'subpath \"d/../d\" of image assets:1 must be a relative path inside the image,"
        + " without \"..\"'",
  })
  void refusesAPartThatIsNotThereOrLeadsOut(String subpath, String sentence) {
    int before = engine.parts.containers.list().size();
    ContainerSpec spec = mounting(subpath, "true");
    assertThatThrownBy(() -> engine.create(spec))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessage(sentence);
    assertThat(engine.parts.containers.list()).hasSize(before);
  }

  /** Only the mounted layers show that a directory lets nothing through from below. */
  @Test
  void refusesAPartThatAnOpaqueDirectoryHides() {
    String id = engine.create(mounting("e/old", "true"));
    assertThatThrownBy(() -> engine.parts.containers.start(id))
        .hasMessageContaining("open /e/old to mount it on /img: ENOENT");
    remove(id);
  }

  @Test
  void refusesAnImageThatIsNotThereAsThatOfTheContainerItself() {
    ContainerSpec spec =
        TestEngine.alone("true")
            .withMounts(List.of(new MountRequest.Image("nosuch/image", "/img", "")));
    assertThatThrownBy(() -> engine.create(spec))
        .isInstanceOf(EngineException.NotFound.class)
        .hasMessageStartingWith("No such image: nosuch/image");
    ContainerSpec nameless =
        TestEngine.alone("true").withMounts(List.of(new MountRequest.Image("", "/img", "")));
    assertThatThrownBy(() -> engine.create(nameless))
        .hasMessage("invalid mount of an image at /img: name the image as its source");
  }

  @Test
  void anImageThatIsMountedStaysUntilItsContainerIsGone() throws Exception {
    engine.parts.images.tag("jcompose/base", "own:1");
    layer("own:1", "own:1", ":>/mine");
    String own = engine.parts.images.resolve("own:1").id();
    String id =
        engine.create(
            TestEngine.alone("ls /img/mine")
                .withMounts(List.of(new MountRequest.Image("own:1", "/img", ""))));
    ImageUse use = engine.parts.containers::usersOfImage;
    assertThatThrownBy(() -> engine.parts.images.remove("own:1", false, false, use))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(id.substring(0, 12));
    engine.parts.images.prune(true, image -> image.id().equals(own), use);
    assertThat(engine.parts.images.resolve("own:1").id()).isEqualTo(own);
    engine.parts.images.remove("own:1", true, false, use);
    engine.parts.containers.start(id);
    var _ = engine.parts.containers.await(id, WaitCondition.NOT_RUNNING).get();
    assertThat(engine.logs(id)).isEqualTo("/img/mine\n");
    remove(id);
    assertThat(engine.parts.images.prune(true, image -> image.id().equals(own), use).removals())
        .isNotEmpty();
  }

  /** The name goes to another image, and the container keeps what it was made with. */
  @Test
  void aRestartedContainerHasTheImageItWasMadeWith() throws Exception {
    engine.parts.images.tag(ASSETS, "moving:1");
    String id =
        engine.create(
            TestEngine.alone("ls /img/d/two")
                .withMounts(List.of(new MountRequest.Image("moving:1", "/img", ""))));
    engine.parts.images.tag("jcompose/base", "moving:1");
    for (int i = 0; i < 2; i++) {
      engine.parts.containers.start(id);
      assertThat(engine.parts.containers.await(id, WaitCondition.NOT_RUNNING).get().exitCode())
          .isZero();
    }
    MountPoint mount = engine.parts.containers.get(id).mounts().getFirst();
    assertThat(mount.name()).isEqualTo(assets.id());
    assertThat(mount.source()).isEqualTo("moving:1");
    remove(id);
  }

  @Test
  void filesAreCopiedOutOfItButNotIntoIt() throws Exception {
    String id = engine.create(mounting("d", "sleep 100"));
    for (boolean running : List.of(false, true)) {
      if (running) {
        engine.parts.containers.start(id);
      }
      assertThat(read(id, "/img/deep/three")).isEqualTo("upper\n");
      assertThatThrownBy(() -> write(id, "/img"))
          .isInstanceOf(EngineException.InvalidRequest.class)
          .hasMessageContaining("/img is marked read-only");
    }
    assertThat(engine.parts.files.changes(id)).noneMatch(change -> change.path().contains("three"));
    remove(id);
  }

  private static String read(String id, String path) throws IOException {
    var bytes = new ByteArrayOutputStream();
    engine.parts.files.read(id, path, bytes);
    TarReader tar = new TarReader(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(tar.next()).isNotNull();
    return new String(tar.content().readAllBytes(), UTF_8);
  }

  private static void write(String id, String directory) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.write(TarEntry.file("new", 0644, 1, 0), new ByteArrayInputStream(new byte[1]));
    }
    engine.parts.files.write(
        id, directory, false, false, new ByteArrayInputStream(bytes.toByteArray()));
  }
}
