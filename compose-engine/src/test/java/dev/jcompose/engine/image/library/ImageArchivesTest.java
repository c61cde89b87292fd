package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.jcompose.engine.compress.GzipStream;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.exchange.ImageExchange.Loaded;
import dev.jcompose.engine.image.make.Addition;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ImageArchivesTest {
  @TempDir Path temporary;
  private ImageLibrary one;
  private ImageLibrary two;

  @BeforeEach
  void openStores() throws IOException {
    one = open("one");
    two = open("two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "gzip", "zstd", "bzip2", "xz"})
  void imagesComeBackAsTheyWere(String compression) throws Exception {
    Image first = image("app:1", "lower", "upper");
    Image second = image("tool:2", "lower", "other");
    tag(second, "tool:latest");
    byte[] archive = save("app:1", "tool");
    List<Loaded> loaded = load(two, compress(compression, archive));
    assertThat(loaded).extracting(one -> one.image().id()).containsExactly(first.id(), second.id());
    assertThat(loaded.getFirst().names()).containsExactly("app:1");
    assertThat(loaded.getLast().names()).containsExactlyInAnyOrder("tool:2", "tool:latest");
    assertThat(two.resolve("tool").layerDirectories().getLast().resolve("other"))
        .hasContent("other");
    // And out again: what is written depends on the images alone.
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    two.archives().save(List.of("app:1", "tool")).to(again);
    assertThat(again.toByteArray()).isEqualTo(archive);
    nothingIsLeftOver("two");
  }

  @Test
  void theSameImagesGiveTheSameBytesWhetherTheirBlobsAreThereOrNot() throws Exception {
    image("app:1", "lower", "upper");
    byte[] before = save("app:1");
    Layer layer = one.store().layers().list().getFirst();
    var _ = one.store().layerBlobs().blob(layer);
    assertThat(save("app:1")).isEqualTo(before);
  }

  @Test
  void takesWhatDockerOldWroteWithLinksForEqualLayersAndListsLast() throws Exception {
    byte[] layer = files("greeting", "hello");
    String diffId = Digest.of(layer).toString();
    byte[] configuration =
        """
        {"architecture":"amd64","os":"linux","config":{"Cmd":["a"]},"unknown":{"kept":1},\
        "rootfs":{"type":"layers","diff_ids":["%s","%s"]}}\
        """
            .formatted(diffId, diffId)
            .getBytes(StandardCharsets.UTF_8);
    String hex = Digest.of(configuration).hex();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      tar.write(TarEntry.directory("aa", 0755, 1));
      file(tar, "aa/VERSION", "1.0".getBytes(StandardCharsets.UTF_8));
      file(tar, "aa/layer.tar", layer);
      tar.write(TarEntry.symlink("bb/layer.tar", "../aa/layer.tar", 1));
      file(tar, hex + ".json", configuration);
      file(
          tar,
          "manifest.json",
          """
          [{"Config":"%s.json","RepoTags":["old:1"],"Layers":["aa/layer.tar","bb/layer.tar"]}]\
          """
              .formatted(hex)
              .getBytes(StandardCharsets.UTF_8));
      file(tar, "repositories", "{}".getBytes(StandardCharsets.UTF_8));
    }
    Loaded loaded = load(two, bytes.toByteArray()).getFirst();
    assertThat(loaded.image().id()).isEqualTo("sha256:" + hex);
    assertThat(loaded.image().layerDirectories()).hasSize(2);
    // The configuration's bytes are kept as they came, what we do not know included.
    assertThat(two.store().blobs().read(new Digest(hex))).isEqualTo(configuration);
  }

  @Test
  void keepsTheBytesOfALayerWhoseBringerWasStoppedBeforeItDid() throws Exception {
    // No packer of ours names a file so: its archive cannot be made from the directory.
    byte[] layer = files("./odd//name", "x");
    byte[] configuration =
        "{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
            .formatted(Digest.of(layer))
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      file(tar, "layer.tar", layer);
      file(tar, "c.json", configuration);
      String list = "[{\"Config\":\"c.json\",\"RepoTags\":[\"odd:1\"],\"Layers\":[\"layer.tar\"]}]";
      file(tar, "manifest.json", list.getBytes(StandardCharsets.UTF_8));
    }
    try (Lease lease = two.store().layers().lease()) {
      Layer stopped =
          new LayerMaker(two.store().layers(), new JnaFileCalls())
              .unpack(new ByteArrayInputStream(layer), null, null, lease);
      assertThat(two.store().layerBlobs().isReproducible(stopped)).isFalse();
      load(two, bytes.toByteArray());
    }
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    two.archives().save(List.of("odd:1")).to(saved);
    assertThat(load(one, saved.toByteArray()).getFirst().image().diffIds())
        .containsExactly(Digest.of(layer));
  }

  @Test
  void refusesALayerThatIsNotWhatTheConfigurationSays() throws Exception {
    image("app:1", "lower");
    byte[] archive = save("app:1");
    int at = indexOf(archive, "lower");
    archive[indexOf(archive, "lower", at + 1)] ^= 1;
    assertThatThrownBy(() -> load(two, archive))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("damaged");
    assertThat(two.list()).isEmpty();
    nothingIsLeftOver("two");
  }

  @Test
  void saysWhatIsMissingInAnArchive() throws Exception {
    assertThatThrownBy(() -> load(two, files("some", "file")))
        .hasMessageContaining("neither index.json nor manifest.json")
        .hasMessageContaining("image import");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      file(
          tar,
          "manifest.json",
          "[{\"Config\":\"c.json\",\"Layers\":[\"../../etc/passwd\"]}]"
              .getBytes(StandardCharsets.UTF_8));
    }
    assertThatThrownBy(() -> load(two, bytes.toByteArray()))
        .hasMessageContaining("passwd, which its list names");
    assertThatThrownBy(() -> load(two, "no archive at all".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("cannot be loaded");
    nothingIsLeftOver("two");
  }

  @Test
  void anArchiveOfFilesBecomesAnImageThatIsTheSameWhoeverPackedIt() throws Exception {
    Image image =
        one.archives()
            .importFiles(
                new ByteArrayInputStream(compress("gzip", files("etc/motd", "welcome"))),
                "own:1",
                "by hand",
                List.of(
                    "CMD [\"sh\", \"-l\"]",
                    "ENV A=b C=\"d e\"",
                    "ENV D=$A-x",
                    "EXPOSE 80 53/udp",
                    "ENTRYPOINT run it",
                    "WORKDIR srv",
                    "USER nobody",
                    "LABEL x=y",
                    "VOLUME /data",
                    "STOPSIGNAL SIGINT",
                    "HEALTHCHECK --retries=2 CMD true",
                    "ONBUILD RUN true"),
                null);
    ImageConfig config = image.config();
    assertThat(config.cmd()).containsExactly("sh", "-l");
    assertThat(config.env()).containsExactly("A=b", "C=d e", "D=b-x");
    assertThat(config.exposedPorts()).containsExactly("53/udp", "80/tcp");
    assertThat(config.entrypoint()).containsExactly("/bin/sh", "-c", "run it");
    assertThat(config.workingDir()).isEqualTo("/srv");
    assertThat(config.healthcheck()).isNotNull();
    assertThat(config.onBuild()).containsExactly("RUN true");
    assertThat(image.history().getFirst().comment()).isEqualTo("by hand");
    assertThat(image.repoTags()).containsExactly("own:1");
    assertThat(image.layerDirectories().getFirst().resolve("etc/motd")).hasContent("welcome");
    // Another packer's headers do not matter.
    Image again =
        one.archives()
            .importFiles(
                new ByteArrayInputStream(files("./etc//motd", "welcome")), "", "", List.of(), null);
    assertThat(again.diffIds()).isEqualTo(image.diffIds());
    assertThat(again.history().getFirst().comment()).isEqualTo("Imported from -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RUN true", "COPY a b", "FROM x", "NONSENSE", "ENV", "HEALTHCHECK what"})
  void refusesChangesThatAreNone(String change) throws Exception {
    assertThatThrownBy(
            () ->
                one.archives()
                    .importFiles(
                        new ByteArrayInputStream(files("a", "b")), "", "", List.of(change), null))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(change);
    assertThat(one.list()).isEmpty();
  }

  private ImageLibrary open(String name) throws IOException {
    return ImageLibrary.open(
        StateDirectory.of(temporary.resolve(name)), new JnaFileCalls(), event -> {});
  }

  /** An image whose layers each have one file, named and filled by a word. */
  private Image image(String name, String... words) throws IOException {
    ImageStore store = one.store();
    LayerMaker maker = new LayerMaker(store.layers(), new JnaFileCalls());
    try (Lease lease = store.layers().lease()) {
      List<Addition> additions = new ArrayList<>();
      @Nullable Digest parent = null;
      for (String word : words) {
        Layer layer =
            maker.unpack(new ByteArrayInputStream(files(word, word)), parent, null, lease);
        parent = layer.chainId();
        additions.add(
            new Addition(layer, new Configuration.Step(Instant.EPOCH, word, "", "", false)));
      }
      Image image =
          new ImageMaker(store).make(null, ImageConfig.EMPTY, additions, Instant.EPOCH, "");
      return tag(image, name);
    }
  }

  private Image tag(Image image, String name) {
    return one.store().tag(Digest.parse(image.id()), Reference.parse(name));
  }

  private byte[] save(String... names) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    one.archives().save(List.of(names)).to(bytes);
    return bytes.toByteArray();
  }

  private static List<Loaded> load(ImageLibrary library, byte[] archive) throws Exception {
    return library.archives().load(new ByteArrayInputStream(archive), null);
  }

  private static byte[] files(String name, String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarWriter tar = new TarWriter(bytes)) {
      file(tar, name, content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void file(TarWriter tar, String name, byte[] content) throws IOException {
    tar.write(TarEntry.file(name, 0644, content.length, 0), new ByteArrayInputStream(content));
  }

  private static byte[] compress(String compression, byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case "gzip" -> new GzipStream(compressed);
          case "zstd" -> new ZstdOutputStream(compressed);
          case "bzip2" -> new BZip2CompressorOutputStream(compressed);
          case "xz" -> new XZOutputStream(compressed, new LZMA2Options(0));
          default -> compressed;
        }) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static int indexOf(byte[] bytes, String word) {
    return indexOf(bytes, word, 0);
  }

  private static int indexOf(byte[] bytes, String word, int from) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word, from);
  }

  private void nothingIsLeftOver(String name) throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve(name))) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(file -> file.endsWith(".new") || file.startsWith("."));
    }
  }
}
