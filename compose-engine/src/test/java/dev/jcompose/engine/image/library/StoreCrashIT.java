package dev.jcompose.engine.image.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.Reference;
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
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that works on a store, again and again, and looks at what it left. */
class StoreCrashIT {
  private static final int ROUNDS = 8;
  private static final long SEED = 20;

  @TempDir Path temporary;
  private Path images;
  private Path files;
  private Path root;

  @BeforeEach
  void makeArchives() throws Exception {
    root = temporary.resolve("root");
    files = temporary.resolve("files.tar");
    writeFiles(files, "file", 300);
    images = temporary.resolve("images.tar");
    ImageLibrary origin = open(temporary.resolve("origin"));
    ImageStore store = origin.store();
    LayerMaker maker = new LayerMaker(store.layers(), new JnaFileCalls());
    try (Lease lease = store.layers().lease();
        OutputStream out = Files.newOutputStream(images)) {
      List<Addition> additions = new ArrayList<>();
      Digest parent = null;
      for (int i = 0; i < 4; i++) {
        Path archive = temporary.resolve("layer" + i);
        // Another packer's archive: its blob has to be kept.
        writeFiles(archive, "./layer" + i + "//f", 200);
        try (InputStream in = Files.newInputStream(archive)) {
          Layer layer = maker.unpack(in, parent, null, lease);
          parent = layer.chainId();
          additions.add(
              new Addition(layer, new Configuration.Step(Instant.EPOCH, "", "", "", false)));
          if (!store.layerBlobs().isReproducible(layer)) {
            byte[] bytes = Files.readAllBytes(archive);
            store
                .forms()
                .note(
                    layer.diffId(),
                    new dev.jcompose.engine.image.oci.Descriptor(
                        dev.jcompose.engine.image.oci.MediaTypes.LAYER,
                        store.blobs().put(bytes),
                        bytes.length),
                    List.of());
          }
        }
      }
      Image image =
          new ImageMaker(store).make(null, ImageConfig.EMPTY, additions, Instant.EPOCH, "");
      store.tag(Digest.parse(image.id()), Reference.parse("app:1"));
      origin.archives().save(List.of("app:1")).to(out);
    }
  }

  @Test
  void aKilledProcessLeavesAStoreThatIsWhole() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(1 + random.nextInt(25));
      String when = "seed %d, round %d".formatted(SEED, round);
      ImageLibrary library = open(root);
      for (Image image : library.list()) {
        for (Digest chainId : ChainId.of(image.diffIds())) {
          Layer layer = library.store().layers().find(chainId);
          assertThat(layer).as(when).isNotNull();
          MessageDigest sha256 = Digest.sha256();
          library
              .store()
              .layerBlobs()
              .archive(layer, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
          assertThat(Digest.of(sha256)).as(when).isEqualTo(layer.diffId());
        }
        for (String tag : image.repoTags()) {
          assertThat(library.resolve(tag).id()).as(when).isEqualTo(image.id());
        }
      }
      nothingIsHalfMade(when);
    }
    ImageLibrary library = open(root);
    try (InputStream in = Files.newInputStream(images)) {
      Image image = library.archives().load(in, null).getFirst().image();
      assertThat(image.layerDirectories().getLast().resolve("layer3/f199")).hasContent("f199");
    }
  }

  private void killAfter(int lines) throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StoreVictim.class.getName(),
                root.toString(),
                images.toString(),
                files.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = victim.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        assertThat(output.readLine()).as("the victim ended by itself").isNotNull();
      }
    } finally {
      victim.destroyForcibly().waitFor();
    }
  }

  private void nothingIsHalfMade(String when) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .as(when)
          .noneMatch(name -> name.endsWith(".new") || name.startsWith("."));
    }
  }

  private static ImageLibrary open(Path root) throws IOException {
    return ImageLibrary.open(StateDirectory.of(root), new JnaFileCalls(), event -> {});
  }

  private static void writeFiles(Path archive, String prefix, int count) throws IOException {
    try (TarWriter tar = new TarWriter(Files.newOutputStream(archive))) {
      for (int i = 0; i < count; i++) {
        byte[] content =
            (prefix.substring(prefix.lastIndexOf('/') + 1) + i).getBytes(StandardCharsets.UTF_8);
        tar.write(
            TarEntry.file(prefix + i, 0644, content.length, i), new ByteArrayInputStream(content));
      }
    }
  }
}
