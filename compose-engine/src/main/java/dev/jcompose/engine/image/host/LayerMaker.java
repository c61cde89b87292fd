package dev.jcompose.engine.image.host;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.LayerArchive;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerStore;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns collected trees into layers of the store and writes the image's configuration. */
final class LayerMaker {
  private final LayerStore layers;
  private final FileCalls files;

  LayerMaker(LayerStore layers, FileCalls files) {
    this.layers = layers;
    this.files = files;
  }

  /**
   * Writes the layers that are not there yet and returns the configuration document's bytes.
   *
   * @param present digests of the lowest layers, which are in the store already
   */
  byte[] configurationOf(HostRecipe recipe, List<Digest> present) throws IOException {
    Instant created = recipe.youngest();
    List<Digest> diffIds = new ArrayList<>();
    List<Configuration.Step> history = new ArrayList<>();
    Digest parent = null;
    for (int i = 0; i < recipe.trees().size(); i++) {
      if (i < present.size()) {
        diffIds.add(present.get(i));
        parent = ChainId.of(diffIds).getLast();
      } else {
        Layer layer = write(recipe.trees().get(i), parent);
        parent = layer.chainId();
        diffIds.add(layer.diffId());
      }
      history.add(new Configuration.Step(created, recipe.history().get(i), "", "", false));
    }
    return Json.bytes(
        new Configuration(
            created,
            "",
            Platform.host().architecture(),
            "",
            "linux",
            recipe.config(),
            diffIds,
            history));
  }

  private Layer write(HostTree tree, @Nullable Digest parent) throws IOException {
    Path staged = layers.stage();
    try {
      long size = TreeWriter.write(tree, staged);
      MessageDigest sha256 = Digest.sha256();
      LayerArchive.write(
          files, staged, new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
      return layers.publish(staged, parent, Digest.of(sha256), size);
    } finally {
      layers.discard(staged);
    }
  }
}
