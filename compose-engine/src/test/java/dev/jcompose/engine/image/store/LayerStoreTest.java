package dev.jcompose.engine.image.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.linux.jna.JnaFileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine that goes down leaves of layers that were made a moment before. */
class LayerStoreTest {
  private static final Digest LOWER = digest("lower");

  @TempDir Path root;

  @Test
  void aLayerThatIsNotKnownToBeOnDiskOutlivesTheEngineButNotTheMachine() throws IOException {
    Layer lower = publish(open("first boot").layers(), LOWER, null);
    assertThat(open("first boot").layers().find(LOWER)).isEqualTo(lower);

    LayerStore after = open("second boot").layers();

    assertThat(after.find(LOWER)).isNull();
    assertThat(after.directory(LOWER)).doesNotExist();
    assertThat(publish(after, LOWER, null)).isEqualTo(lower);
  }

  @Test
  void aSettledLayerOutlivesTheMachine() throws IOException {
    LayerStore layers = open("first boot").layers();
    Layer lower = publish(layers, LOWER, null);
    layers.settle();
    Layer upper = publish(layers, digest("upper"), LOWER);

    LayerStore after = open("second boot").layers();

    assertThat(after.find(LOWER)).isEqualTo(lower);
    assertThat(after.directory(LOWER).resolve("file")).hasContent("content");
    assertThat(after.find(upper.chainId())).isNull();
  }

  @Test
  void aLaterEngineSettlesWhatAnEarlierOneMade() throws IOException {
    Layer lower = publish(open("first boot").layers(), LOWER, null);
    open("first boot").layers().settle();

    assertThat(open("second boot").layers().find(LOWER)).isEqualTo(lower);
  }

  @Test
  void anEmptyRecordIsNoLayer() throws IOException {
    LayerStore layers = open("first boot").layers();
    var _ = publish(layers, LOWER, null);
    layers.settle();
    Path record = ImagePaths.of(StateDirectory.of(root)).layerRecord(LOWER);
    Files.write(record, new byte[0]);

    assertThat(open("second boot").layers().find(LOWER)).isNull();
    assertThat(record).doesNotExist();
  }

  private static Layer publish(LayerStore layers, Digest diffId, @Nullable Digest parent)
      throws IOException {
    Path staged = layers.stage();
    Files.writeString(staged.resolve("file"), "content");
    return layers.publish(staged, parent, diffId, 7);
  }

  private static Digest digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private ImageStore open(String boot) throws IOException {
    return ImageStore.open(
        ImagePaths.of(StateDirectory.of(root)), new JnaFileCalls(), boot, event -> {});
  }
}
