package dev.jcompose.engine.image.host;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerStore;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns collected trees into layers of the store and writes the image's configuration. */
final class HostLayers {
  private final LayerStore layers;
  private final LayerMaker maker;

  HostLayers(LayerStore layers, FileCalls files) {
    this.layers = layers;
    this.maker = new LayerMaker(layers, files);
  }

  /**
   * Writes the layers that are not there yet and returns the configuration document's bytes.
   *
   * @param present digests of the lowest layers, which are in the store already
   * @param lease holds the layers written
   */
  byte[] configurationOf(HostRecipe recipe, List<Digest> present, Lease lease) throws IOException {
    Platform host = Platform.host();
    Instant created = recipe.youngest();
    List<Digest> diffIds = new ArrayList<>();
    List<Configuration.Step> history = new ArrayList<>();
    Digest parent = null;
    for (int i = 0; i < recipe.trees().size(); i++) {
      if (i < present.size()) {
        diffIds.add(present.get(i));
        parent = ChainId.of(diffIds).getLast();
      } else {
        Layer layer = write(recipe.trees().get(i), parent, lease);
        parent = layer.chainId();
        diffIds.add(layer.diffId());
      }
      history.add(new Configuration.Step(created, recipe.history().get(i), "", "", false));
    }
    return Json.bytes(
        new Configuration(
            created,
            "",
            host.architecture(),
            host.variant(),
            host.os(),
            recipe.config(),
            diffIds,
            history));
  }

  private Layer write(HostTree tree, @Nullable Digest parent, Lease lease) throws IOException {
    Path staged = layers.stage();
    try {
      TreeWriter.write(tree, staged);
      return maker.adopt(staged, parent, lease);
    } finally {
      layers.discard(staged);
    }
  }
}
