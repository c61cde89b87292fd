package dev.jcompose.engine.image.store;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.TreeRemoval;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The unpacked layers. One is filled beside the others and then renamed to its chain id; its record
 * comes last, so a layer without a record is a leftover of a crash. Its files get to the disk when
 * the kernel likes; until {@link #settle} its record names the boot it was made in, and when the
 * machine has gone down before, the next start takes the layer away instead of trusting it.
 */
public final class LayerStore {
  private static final System.Logger LOG = System.getLogger(LayerStore.class.getName());

  private final ImagePaths paths;
  private final FileCalls files;
  private final String boot;
  private final Map<Digest, Layer> layers = new ConcurrentHashMap<>();
  private final Map<Digest, Integer> holders = new HashMap<>();
  private final Map<Digest, Long> unsettled = new HashMap<>();
  private long published;

  /**
   * @param boot changes with every start of the machine
   */
  LayerStore(ImagePaths paths, FileCalls files, String boot) {
    this.paths = paths;
    this.files = files;
    this.boot = boot;
  }

  void load() throws IOException {
    try (DirectoryStream<Path> records = Files.newDirectoryStream(paths.layerRecords())) {
      for (Path record : records) {
        Layer layer = survivor(record);
        if (layer != null) {
          layers.put(layer.chainId(), layer);
        } else {
          Files.delete(record);
        }
      }
    }
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(paths.layers())) {
      for (Path directory : directories) {
        String name = directory.getFileName().toString();
        if (name.startsWith(ImagePaths.UNFINISHED) || !layers.containsKey(new Digest(name))) {
          TreeRemoval.remove(files, directory);
        }
      }
    }
  }

  private @Nullable Layer survivor(Path record) throws IOException {
    JsonObject json;
    try {
      json = Json.object(Files.readAllBytes(record));
    } catch (JsonException e) {
      // Some file systems leave an empty file when the power goes at the wrong moment.
      return null;
    }
    Layer layer = Layer.of(json);
    String madeIn = json.stringOrNull(Layer.UNSETTLED);
    if (madeIn != null && !madeIn.equals(boot)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "layer {0} may not have been on disk when the machine went down, so it is taken away;"
              + " pull or build its images again",
          layer.chainId());
      return null;
    }
    if (!Files.isDirectory(paths.layer(layer.chainId()))) {
      return null;
    }
    if (madeIn != null) {
      unsettled.put(layer.chainId(), ++published);
    }
    return layer;
  }

  /**
   * Waits until all layers there are now are on disk, and notes that. Called some time after layers
   * were published, since it takes as long as the disk does.
   */
  public void settle() {
    Map<Digest, Long> settling;
    synchronized (layers) {
      settling = Map.copyOf(unsettled);
    }
    if (settling.isEmpty()) {
      return;
    }
    files.syncFileSystem(paths.layers());
    synchronized (layers) {
      settling.forEach(
          (chainId, time) -> {
            Layer layer = layers.get(chainId);
            // One that was removed and made again meanwhile has a later time.
            if (unsettled.remove(chainId, time) && layer != null) {
              StateFiles.write(paths.layerRecord(chainId), Json.bytes(layer));
            }
          });
    }
  }

  /** The record of a layer; null when it is not here. */
  public @Nullable Layer find(Digest chainId) {
    return layers.get(chainId);
  }

  /** All layers, in no order. */
  public List<Layer> list() {
    return List.copyOf(layers.values());
  }

  /**
   * The directories of a layer and of all below it, the layer's own first.
   *
   * @param top chain id of the layer; null for none
   */
  public List<Path> directories(@Nullable Digest top) {
    List<Path> directories = new ArrayList<>();
    Digest next = top;
    while (next != null) {
      directories.add(directory(next));
      Layer layer = layers.get(next);
      next = layer == null ? null : layer.parent();
    }
    return directories;
  }

  /** Begins to hold layers, so that they are not deleted while an image is made of them. */
  public Lease lease() {
    return new Lease(this);
  }

  @Nullable Layer hold(Digest chainId) {
    synchronized (layers) {
      Layer layer = layers.get(chainId);
      if (layer != null) {
        holders.merge(chainId, 1, Integer::sum);
        touch(paths.layerRecord(chainId));
      }
      return layer;
    }
  }

  private static void touch(Path record) {
    try {
      Files.setLastModifiedTime(record, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // It only decides what is deleted first.
    }
  }

  /** Whether somebody is making an image of it. */
  public boolean isHeld(Digest chainId) {
    synchronized (layers) {
      return holders.containsKey(chainId);
    }
  }

  /** When a layer was made, or last held. */
  Instant lastUsed(Digest chainId) throws IOException {
    return Files.getLastModifiedTime(paths.layerRecord(chainId)).toInstant();
  }

  void release(Digest chainId) {
    synchronized (layers) {
      holders.computeIfPresent(chainId, (id, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Where a layer is, or would be. */
  public Path directory(Digest chainId) {
    return paths.layer(chainId);
  }

  /**
   * An empty directory to fill. Whoever asked for it publishes or deletes it; a crash leaves it to
   * the next start.
   */
  public Path stage() throws IOException {
    Path directory = paths.unfinishedLayer();
    Files.createDirectory(directory);
    Files.setAttribute(directory, "unix:mode", 0755);
    return directory;
  }

  /** Deletes a directory that was to become a layer, if it is still there. */
  public void discard(Path staged) {
    TreeRemoval.remove(files, staged);
  }

  /**
   * Makes a filled directory a layer. When the same layer arrived in the meantime, that one stays
   * and the directory is deleted.
   *
   * @param parent chain id of the layer below; null for a lowest layer
   * @param diffId digest of the directory's uncompressed archive
   * @param size bytes of its regular files
   */
  public Layer publish(Path staged, @Nullable Digest parent, Digest diffId, long size)
      throws IOException {
    return publish(staged, parent, diffId, size, false);
  }

  Layer publish(Path staged, @Nullable Digest parent, Digest diffId, long size, boolean hold)
      throws IOException {
    Digest chainId = parent == null ? diffId : ChainId.above(parent, diffId);
    Layer layer = new Layer(chainId, diffId, parent, size);
    synchronized (layers) {
      if (hold) {
        holders.merge(chainId, 1, Integer::sum);
      }
      Layer present = layers.get(chainId);
      if (present == null) {
        Files.move(staged, paths.layer(chainId), StandardCopyOption.ATOMIC_MOVE);
        CrashPoint.LAYER_IN_PLACE.reached();
        StateFiles.write(paths.layerRecord(chainId), Json.bytes(layer.toJson(boot)));
        CrashPoint.LAYER_RECORD_WRITTEN.reached();
        unsettled.put(chainId, ++published);
        layers.put(chainId, layer);
        return layer;
      }
      TreeRemoval.remove(files, staged);
      return present;
    }
  }

  /**
   * Forgets a layer no image needs, then deletes it.
   *
   * @return its record; null when it was not here, or somebody holds it
   */
  @Nullable Layer remove(Digest chainId) throws IOException {
    Layer layer;
    Path dead = paths.unfinishedLayer();
    synchronized (layers) {
      layer = holders.containsKey(chainId) ? null : layers.remove(chainId);
      if (layer == null) {
        return null;
      }
      unsettled.remove(chainId);
      Files.deleteIfExists(paths.layerRecord(chainId));
      CrashPoint.LAYER_RECORD_GONE.reached();
      Files.move(paths.layer(chainId), dead, StandardCopyOption.ATOMIC_MOVE);
    }
    CrashPoint.LAYER_OUT_OF_PLACE.reached();
    TreeRemoval.remove(files, dead);
    return layer;
  }
}
