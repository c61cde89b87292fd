package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.make.Addition;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of more layers than fit into the options of a mount. */
class ManyLayersIT {
  /** More than paths fit, more than Docker takes, and nearly what the kernel takes. */
  @ParameterizedTest
  @ValueSource(ints = {50, 130, 495})
  void containersSeeAllLayersOfADeepImage(int count) throws Exception {
    try (TestEngine engine = TestEngine.start()) {
      deep(engine, count);
      ContainerSpec spec =
          ContainerSpec.ofImage("deep:1")
              .withProcess(ProcessSettings.NONE.withCommand("sh", "-c", "ls /deep | wc -l"))
              .withVolumes(List.of("/deep"));
      TestEngine.Finished finished = engine.run(spec);
      assertThat(finished.exitCode()).isZero();
      // The volume was filled from all layers too.
      assertThat(finished.output().strip()).isEqualTo(Integer.toString(count));
      // Over the descriptors of the layers below the root come those of the layers mounted.
      ContainerSpec mounting =
          spec.withProcess(ProcessSettings.NONE.withCommand("sh", "-c", "ls /img/deep | wc -l"))
              .withMounts(List.of(new MountRequest.Image("deep:1", "/img", "")));
      assertThat(engine.run(mounting).output().strip()).isEqualTo(Integer.toString(count));
      ByteArrayOutputStream tar = new ByteArrayOutputStream();
      engine.parts.files.export(finished.id(), tar);
      assertThat(tar.size()).isPositive();
    }
  }

  @Test
  void aCommittedContainerStartsWithWhatTheFirstOneLeft() throws Exception {
    try (TestEngine engine = TestEngine.start()) {
      TestEngine.Finished first =
          engine.run(
              TestEngine.shell(
                  "echo made > /made; rm /etc/passwd; mkdir /dir; rm -r /tmp; mkdir /tmp"));
      assertThat(first.exitCode()).isZero();
      Image image =
          engine.parts.commits.commit(
              new Commits.Request(
                  first.id(),
                  "committed:1",
                  "somebody",
                  "a note",
                  List.of(
                      "ENV COMMITTED=yes", "CMD [\"sh\", \"-c\", \"cat /made; ls /etc/passwd\"]"),
                  true,
                  ContainerSpec.ofImage("")));
      assertThat(image.author()).isEqualTo("somebody");
      assertThat(image.history().getLast().comment()).isEqualTo("a note");
      assertThat(image.config().env()).contains("COMMITTED=yes");
      TestEngine.Finished second = engine.run(ContainerSpec.ofImage("committed:1"));
      assertThat(second.output()).startsWith("made").contains("/etc/passwd");
      assertThat(second.exitCode()).isNotZero();
      // What the engine itself had mounted is not in the layer.
      Path layer = image.layerDirectories().getLast();
      assertThat(layer.resolve("etc/hosts")).doesNotExist();
      assertThat(layer.resolve("made")).exists();
    }
  }

  private static void deep(TestEngine engine, int count) throws IOException, Exception {
    Image base = engine.parts.images.resolve("jcompose/base");
    ImageStore store = engine.parts.images.store();
    LayerMaker maker = new LayerMaker(store.layers(), new JnaFileCalls());
    try (Lease lease = store.layers().lease()) {
      Digest parent = base.diffIds().getLast();
      List<Addition> additions = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Path staged = store.layers().stage();
        Files.createDirectory(staged.resolve("deep"));
        Files.writeString(staged.resolve("deep").resolve("file" + i), "x");
        Layer layer = maker.adopt(staged, parent, lease);
        parent = layer.chainId();
        additions.add(
            new Addition(layer, new Configuration.Step(Instant.EPOCH, "", "", "", false)));
      }
      Image image =
          new ImageMaker(store)
              .make(Digest.parse(base.id()), base.config(), additions, Instant.EPOCH, "");
      store.tag(Digest.parse(image.id()), Reference.parse("deep:1"));
    }
  }
}
