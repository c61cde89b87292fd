package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.Removal;
import dev.jcompose.engine.image.store.FileTree;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses this machine's own programs; needs no root. */
class ImageLibraryTest {
  private final List<ImageEvent> events = new ArrayList<>();
  private Path root;
  private ImageLibrary library;

  @BeforeEach
  void open() throws IOException {
    root = Files.createTempDirectory("jcompose-images");
    library = ImageLibrary.open(StateDirectory.of(root), events::add);
  }

  @AfterEach
  void delete() throws IOException {
    FileTree.delete(root);
  }

  @Test
  void theBaseHasAShellAndTheFilesProgramsExpect() throws Exception {
    Image base = library.resolve("jcompose/base");
    Path layer = base.layerDirectories().getFirst();
    assertThat(layer.resolve("bin/sh")).exists();
    assertThat(layer.resolve("etc/passwd")).content().startsWith("root:x:0:0:");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(layer.resolve("tmp"))))
        .isEqualTo("rwxrwxrwx");
    assertThat((Integer) Files.getAttribute(layer.resolve("tmp"), "unix:mode") & 07777)
        .isEqualTo(01777);
    assertThat(base.repoTags()).containsExactly("jcompose/base:latest");
    assertThat(base.config().variable("PATH")).contains("/usr/bin");
    assertThat(base.size()).isPositive();
    assertThat(base.architecture()).isIn("amd64", "arm64");
  }

  @Test
  void noFileOfALayerIsTheHostsOwnFile() throws Exception {
    Path layer = library.resolve("jcompose/base").layerDirectories().getFirst();
    try (Stream<Path> files = Files.walk(layer)) {
      assertThat(files.filter(file -> Files.isRegularFile(file)))
          .allSatisfy(file -> assertThat(Files.getAttribute(file, "unix:nlink")).isEqualTo(1));
    }
  }

  @Test
  void concurrentRequestsShareOneMaking() throws Exception {
    Set<String> ids = new HashSet<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<String>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        tasks.add(() -> library.resolve("jcompose/base").id());
      }
      for (Future<String> id : threads.invokeAll(tasks)) {
        ids.add(id.get());
      }
    }
    assertThat(ids).hasSize(1);
    assertThat(events).hasSize(1);
  }

  @Test
  void aReopenedStoreHasTheSameImagesAndNoLeftovers() throws Exception {
    Image base = library.resolve("jcompose/base");
    Path leftover = Files.createDirectories(root.resolve("layers/.half/etc"));
    Files.writeString(root.resolve("images/tags.json.new"), "{");
    ImageLibrary again = ImageLibrary.open(StateDirectory.of(root), events::add);
    assertThat(again.list()).containsExactly(base);
    assertThat(again.resolve("jcompose/base")).isEqualTo(base);
    assertThat(leftover).doesNotExist();
    assertThat(root.resolve("images/tags.json.new")).doesNotExist();
    assertThat(events).hasSize(1);
  }

  @Test
  void anotherStoreMakesTheSameId() throws Exception {
    Path other = root.resolve("other");
    ImageLibrary second = ImageLibrary.open(StateDirectory.of(other), event -> {});
    assertThat(second.resolve("jcompose/base").id())
        .isEqualTo(library.resolve("jcompose/base").id());
  }

  @Test
  void findsImagesByTagIdAndBeginningOfId() throws Exception {
    Image base = library.resolve("jcompose/base");
    library.tag("jcompose/base", "mine:1");
    assertThat(library.resolve("mine:1").id()).isEqualTo(base.id());
    assertThat(library.resolve(base.id()).id()).isEqualTo(base.id());
    assertThat(library.resolve(base.shortId()).id()).isEqualTo(base.id());
    assertThat(library.resolve(base.id().substring("sha256:".length())).id()).isEqualTo(base.id());
    assertThatThrownBy(() -> library.resolve("mine:2"))
        .isInstanceOf(NoSuchImageException.class)
        .hasMessageContaining("mine:2")
        .hasMessageContaining("jcompose image from-host");
    assertThatThrownBy(() -> library.resolve("No Name")).isInstanceOf(BadReferenceException.class);
  }

  @Test
  void aProgramOfThisMachineBecomesAnImageOnTopOfTheBase() throws Exception {
    Image image = library.fromHost("tools/date", List.of("date", "/bin/ls"));
    assertThat(image.config().cmd()).containsExactly("date");
    assertThat(image.layerDirectories())
        .startsWith(library.resolve("jcompose/base").layerDirectories().getFirst());
    assertThat(image.repoTags()).containsExactly("tools/date:latest");
  }

  @Test
  void saysWhichProgramIsNotThereAndWhereItLooked() {
    assertThatThrownBy(() -> library.fromHost("x", List.of("sh", "no-such-tool", "/no/such/file")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("no-such-tool, /no/such/file")
        .hasMessageContaining("/usr/bin")
        .hasMessageContaining("install it");
  }

  @Test
  void removesNamesFirstAndContentWithTheLastOne() throws Exception {
    String id = library.fromHost("a:1", List.of("date")).id();
    library.tag("a:1", "b:2");
    assertThat(library.remove("a:1", false, ImageUse.NONE))
        .containsExactly(new Removal.Untagged("a:1"));
    List<Removal> removals = library.remove("b:2", false, ImageUse.NONE);
    assertThat(removals).startsWith(new Removal.Untagged("b:2"), new Removal.Deleted(id));
    assertThat(library.list())
        .extracting(Image::repoTags)
        .containsExactly(List.of("jcompose/base:latest"));
    try (Stream<Path> layers = Files.list(root.resolve("layers"))) {
      assertThat(layers).as("the base's layer stays").hasSize(1);
    }
  }

  @Test
  void refusesToRemoveWhatContainersUse() throws Exception {
    String id = library.resolve("jcompose/base").id();
    ImageUse stopped = asked -> List.of(new ImageUse.User("c".repeat(64), false));
    ImageUse running = asked -> List.of(new ImageUse.User("c".repeat(64), true));
    assertThatThrownBy(() -> library.remove("jcompose/base", false, stopped))
        .hasMessageContaining("stopped container cccccccccccc");
    assertThatThrownBy(() -> library.remove("jcompose/base", true, running))
        .hasMessageContaining("running container cccccccccccc");
    assertThat(library.remove("jcompose/base", true, stopped))
        .containsExactly(new Removal.Untagged("jcompose/base:latest"));
    assertThat(library.resolve(id).repoTags()).isEmpty();
    assertThat(library.prune(false, stopped).removals()).isEmpty();
    assertThat(library.prune(false, ImageUse.NONE).spaceReclaimed()).isPositive();
    assertThat(library.list()).isEmpty();
  }
}
