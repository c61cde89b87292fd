package dev.jcompose.engine.image.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.linux.files.TreeRemoval;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uses this machine's own programs, once for all tests; needs no root. */
class HostImagesTest {
  private static final List<ImageEvent> EVENTS = new ArrayList<>();
  private static Path root;
  private static ImageStore store;
  private static HostImages host;
  private static Image base;

  @BeforeAll
  static void makeTheBaseEightTimesAtOnce() throws Exception {
    root = Files.createTempDirectory("jcompose-images");
    store =
        ImageStore.open(ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), EVENTS::add);
    host = new HostImages(store, new JnaFileCalls(), Path.of(System.getProperty("java.home")));
    List<Callable<Image>> requests = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      requests.add(() -> host.wellKnown(Reference.parse("jcompose/base")));
    }
    List<Image> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Image> request : threads.invokeAll(requests)) {
        answers.add(request.get());
      }
    }
    base = answers.getFirst();
  }

  @AfterAll
  static void delete() throws IOException {
    // Not by JUnit, which warns about every link that points out of the directory.
    TreeRemoval.remove(new JnaFileCalls(), root);
  }

  @Test
  void requestsAtTheSameTimeShareOneMaking() {
    assertThat(EVENTS).filteredOn(event -> event.name().equals("jcompose/base:latest")).hasSize(1);
  }

  @Test
  void theBaseHasAShellAndTheFilesProgramsExpect() throws Exception {
    Path layer = base.layerDirectories().getFirst();
    assertThat(layer.resolve("bin").resolve("sh")).exists();
    assertThat(layer.resolve("etc/passwd")).content().startsWith("root:x:0:0:");
    assertThat((Integer) Files.getAttribute(layer.resolve("tmp"), "unix:mode") & 07777)
        .isEqualTo(01777);
    assertThat(base.repoTags()).containsExactly("jcompose/base:latest");
    assertThat(base.config().variable("PATH")).contains("/usr/bin");
    assertThat(base.architecture()).isIn("amd64", "arm64");
  }

  @Test
  void noFileOfALayerIsTheHostsOwnFileOrKeepsItsPrivileges() throws Exception {
    try (Stream<Path> files = Files.walk(base.layerDirectories().getFirst())) {
      assertThat(files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file)))
          .allSatisfy(
              file -> {
                assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1);
                assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07000).isZero();
              });
    }
  }

  @Test
  void anotherStoreMakesTheSameIdAndFindsItCurrentWhenOpenedAgain() throws Exception {
    StateDirectory other = StateDirectory.of(root.resolve("other"));
    ImageStore first = ImageStore.open(ImagePaths.of(other), new JnaFileCalls(), event -> {});
    assertThat(
            new HostImages(first, new JnaFileCalls(), Path.of("/")).wellKnown(HostImages.BASE).id())
        .isEqualTo(base.id());
    List<ImageEvent> later = new ArrayList<>();
    ImageStore again = ImageStore.open(ImagePaths.of(other), new JnaFileCalls(), later::add);
    assertThat(
            new HostImages(again, new JnaFileCalls(), Path.of("/")).wellKnown(HostImages.BASE).id())
        .isEqualTo(base.id());
    assertThat(later).isEmpty();
  }

  @Test
  void programsOfThisMachineBecomeALayerOnTopOfTheBase() throws Exception {
    Path script = Files.writeString(root.resolve("my-tool"), "#!/usr/bin/env bash\n");
    Files.setAttribute(script, "unix:mode", 04755);
    Image image =
        host.fromHost(Reference.parse("tools:1"), List.of("my-tool", "/bin/ls"), root.toString());
    assertThat(image.config().cmd()).containsExactly("my-tool");
    assertThat(image.config().variable("PATH")).endsWith(":" + root);
    assertThat(image.layerDirectories()).hasSize(2).startsWith(base.layerDirectories().getFirst());
    Path copy = image.layerDirectories().getLast().resolve(script.toString().substring(1));
    assertThat((Integer) Files.getAttribute(copy, "unix:mode") & 07777).isEqualTo(0755);
  }

  @Test
  void aWholeDirectoryComesWithWhatItsProgramsNeed() throws Exception {
    Path directory = Files.createDirectories(root.resolve("data/deep"));
    Files.writeString(directory.resolve("file"), "text");
    Image image =
        host.fromHost(Reference.parse("data"), List.of(root.resolve("data").toString()), null);
    assertThat(image.config().cmd()).containsExactly("/bin/sh");
    Path layer = image.layerDirectories().getLast();
    assertThat(layer.resolve(directory.toString().substring(1)).resolve("file")).hasContent("text");
  }

  @Test
  void saysWhichProgramsAreNotThereAndWhereItLooked() {
    assertThatThrownBy(
            () ->
                host.fromHost(
                    Reference.parse("x"),
                    List.of("sh", "no-such-tool", "/no/such/file"),
                    "/some/where"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no-such-tool, /no/such/file")
        .hasMessageContaining("/some/where:/usr/local/sbin")
        .hasMessageContaining("install it");
  }
}
