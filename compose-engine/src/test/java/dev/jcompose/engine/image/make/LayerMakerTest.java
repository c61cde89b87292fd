package dev.jcompose.engine.image.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerMakerTest {
  @TempDir Path temporary;
  private final FileCalls calls = new JnaFileCalls();
  private ImageStore store;
  private LayerMaker maker;

  @BeforeEach
  void openStore() throws IOException {
    store = open();
    maker = new LayerMaker(store.layers(), calls);
  }

  @Test
  void theSameFilesMakeTheSameLayerHoweverTheyCameThere() throws IOException {
    try (Lease lease = store.layers().lease()) {
      Layer copied = maker.copy(tree("one"), null, path -> false, lease);
      Layer adopted = maker.adopt(tree("two"), null, lease);
      assertThat(adopted).isEqualTo(copied);
      assertThat(copied.size()).isEqualTo("content".length() + "more".length());
      ByteArrayOutputStream archive = new ByteArrayOutputStream();
      store.layerBlobs().archive(copied, archive);
      assertThat(Digest.of(archive.toByteArray())).isEqualTo(copied.diffId());
    }
  }

  @Test
  void adoptingTakesTheDirectoryAndCopyingLeavesIt() throws IOException {
    try (Lease lease = store.layers().lease()) {
      Path copied = tree("copied");
      maker.copy(copied, null, path -> false, lease);
      assertThat(copied.resolve("a/file")).hasContent("content");
      Path adopted = tree("adopted");
      Layer layer = maker.adopt(adopted, null, lease);
      assertThat(adopted).doesNotExist();
      Path directory = store.layers().directory(layer.chainId());
      assertThat(directory.resolve("a/file")).hasContent("content");
      assertThat(Files.getAttribute(directory.resolve("z-hard"), "unix:ino"))
          .isEqualTo(Files.getAttribute(directory.resolve("a/file"), "unix:ino"));
    }
  }

  @Test
  void leavesOutWhatIsOmittedWithAllThatIsInIt() throws IOException {
    try (Lease lease = store.layers().lease()) {
      Layer layer = maker.copy(tree("one"), null, path -> path.equals("a"), lease);
      Path directory = store.layers().directory(layer.chainId());
      assertThat(directory.resolve("a")).doesNotExist();
      // Its other name was inside; the content comes along.
      assertThat(directory.resolve("z-hard")).hasContent("content");
    }
  }

  @Test
  void aFailureLeavesNothingBehind() throws IOException {
    try (Lease lease = store.layers().lease()) {
      byte[] broken = new byte[512];
      broken[0] = 'x';
      assertThatThrownBy(
              () -> maker.unpack(new java.io.ByteArrayInputStream(broken), null, null, lease))
          .hasMessageContaining("archive");
      Path missing = temporary.resolve("missing");
      assertThatThrownBy(() -> maker.copy(missing, null, path -> false, lease))
          .hasMessageContaining("missing");
    }
    assertThat(temporary.resolve("layers")).isEmptyDirectory();
  }

  @Test
  void aBlobIsMadeWhenItIsNeededAndThenKept() throws IOException {
    Layer layer;
    try (Lease lease = store.layers().lease()) {
      layer = maker.adopt(tree("one"), null, lease);
    }
    assertThat(store.layerBlobs().present(layer.diffId())).isEmpty();
    Descriptor blob = store.layerBlobs().blob(layer);
    assertThat(store.blobs().size(blob.digest())).isEqualTo(blob.size());
    try (InputStream plain = Compression.expand(store.blobs().open(blob.digest()))) {
      assertThat(Digest.of(plain.readAllBytes())).isEqualTo(layer.diffId());
    }
    // Also by the next engine, which does not compress again.
    ImageStore reopened = open();
    assertThat(reopened.layerBlobs().present(layer.diffId())).contains(blob);
    assertThat(reopened.layerBlobs().blob(layer)).isEqualTo(blob);
  }

  @Test
  void aLayerThatWasTamperedWithIsNotSent() throws IOException {
    try (Lease lease = store.layers().lease()) {
      Layer layer = maker.adopt(tree("one"), null, lease);
      Files.writeString(store.layers().directory(layer.chainId()).resolve("a/file"), "other");
      assertThatThrownBy(() -> store.layerBlobs().blob(layer)).hasMessageContaining("was changed");
      try (Stream<Path> blobs = Files.list(temporary.resolve("images/blobs/sha256"))) {
        assertThat(blobs).isEmpty();
      }
    }
  }

  @Test
  void anImageStandsOnItsBase() throws IOException {
    ImageMaker images = new ImageMaker(store);
    try (Lease lease = store.layers().lease()) {
      Layer lower = maker.adopt(tree("one"), null, lease);
      Image base =
          images.make(
              null, ImageConfig.EMPTY, List.of(step(lower, "first")), Instant.EPOCH, "somebody");
      Layer upper = maker.adopt(tree("two"), lower.chainId(), lease);
      Image image =
          images.make(
              Digest.parse(base.id()),
              ImageConfig.EMPTY,
              List.of(step(upper, "second"), step(null, "ENV A=b")),
              Instant.ofEpochSecond(5),
              "");
      assertThat(image.diffIds()).containsExactly(lower.diffId(), upper.diffId());
      assertThat(image.history())
          .extracting(Image.History::createdBy)
          .containsExactly("first", "second", "ENV A=b");
      assertThat(image.architecture()).isEqualTo(base.architecture()).isNotEmpty();
      assertThat(ChainId.of(image.diffIds()).getLast()).isEqualTo(upper.chainId());
    }
  }

  @Test
  void aLeaseAndARootKeepLayersThatNoImageHas() throws IOException {
    ImageMaker images = new ImageMaker(store);
    Image image;
    Layer layer;
    try (Lease lease = store.layers().lease()) {
      layer = maker.adopt(tree("one"), null, lease);
      image = images.make(null, ImageConfig.EMPTY, List.of(step(layer, "x")), Instant.EPOCH, "");
      assertThat(store.remove(Digest.parse(image.id()), false).chainIds()).isEmpty();
      assertThat(store.layers().directory(layer.chainId()).resolve("a/file")).exists();
    }
    image = images.make(null, ImageConfig.EMPTY, List.of(step(layer, "x")), Instant.EPOCH, "");
    store.keep(() -> Set.of(layer.chainId()));
    assertThat(store.remove(Digest.parse(image.id()), false).chainIds()).isEmpty();
    assertThat(store.layers().find(layer.chainId())).isNotNull();
  }

  private static Addition step(@Nullable Layer layer, String createdBy) {
    return new Addition(
        layer, new Configuration.Step(Instant.EPOCH, createdBy, "", "", layer == null));
  }

  private ImageStore open() throws IOException {
    return ImageStore.open(
        new ImagePaths(temporary.resolve("images"), temporary.resolve("layers")), calls, e -> {});
  }

  private Path tree(String name) throws IOException {
    Path tree = Files.createDirectory(temporary.resolve(name));
    Path directory = Files.createDirectory(tree.resolve("a"));
    Files.writeString(directory.resolve("file"), "content");
    Files.writeString(tree.resolve("b"), "more");
    Files.createLink(tree.resolve("z-hard"), directory.resolve("file"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("a/file"));
    for (String one : List.of("a/file", "b", "link", "a")) {
      Files.getFileAttributeView(
              tree.resolve(one),
              java.nio.file.attribute.BasicFileAttributeView.class,
              LinkOption.NOFOLLOW_LINKS)
          .setTimes(FileTime.fromMillis(5000), null, null);
    }
    return tree;
  }
}
