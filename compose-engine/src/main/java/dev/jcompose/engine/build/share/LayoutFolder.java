package dev.jcompose.engine.build.share;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Index;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Steps in a folder that is an OCI image layout (OCI image-spec 1.1, {@code image-layout.md}). */
public final class LayoutFolder {
  private static final String INDEX = "index.json";
  private static final int BUFFER = 1 << 16;

  private final Path folder;

  public LayoutFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes steps in place of those that were there. A reader sees the old ones or the new ones.
   *
   * @param layers those of the steps
   */
  public void write(SharedSteps steps, List<Layer> layers, ImageStore store) throws IOException {
    Set<String> before = own();
    Files.createDirectories(blobs());
    Set<String> kept = new TreeSet<>();
    List<Descriptor> descriptors = new ArrayList<>();
    for (Layer layer : layers) {
      Descriptor blob = store.layerBlobs().blob(layer);
      Path target = blob(blob.digest());
      if (!Files.exists(target)) {
        Path beside = beside(target);
        Files.copy(store.blobs().path(blob.digest()), beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
      }
      kept.add(blob.digest().hex());
      descriptors.add(blob);
    }
    Descriptor config = put(MediaTypes.CONFIG, steps.carrier(layers));
    Descriptor manifest =
        put(
            MediaTypes.MANIFEST,
            Json.bytes(new Manifest(MediaTypes.MANIFEST, config, descriptors)));
    kept.add(config.digest().hex());
    kept.add(manifest.digest().hex());
    replace(
        folder.resolve("oci-layout"),
        Json.bytes(JsonObject.builder().put("imageLayoutVersion", "1.0.0").build()));
    replace(folder.resolve(INDEX), Json.bytes(new Index(MediaTypes.INDEX, List.of(manifest))));
    before.removeAll(kept);
    for (String blob : before) {
      Files.deleteIfExists(blobs().resolve(blob));
    }
  }

  /** The blobs of the steps that are there; none when the folder holds something else. */
  private Set<String> own() {
    Set<String> blobs = new TreeSet<>();
    try {
      Index index = Index.of(Json.object(Files.readAllBytes(folder.resolve(INDEX))));
      for (Descriptor entry : index.manifests()) {
        Manifest manifest = Manifest.of(Json.object(Files.readAllBytes(blob(entry.digest()))));
        JsonObject config = Json.object(Files.readAllBytes(blob(manifest.config().digest())));
        if (config.objectOrNull(SharedSteps.MEMBER) == null) {
          return new TreeSet<>();
        }
        blobs.add(entry.digest().hex());
        blobs.add(manifest.config().digest().hex());
        manifest.layers().forEach(layer -> blobs.add(layer.digest().hex()));
      }
    } catch (IOException | JsonException | BadReferenceException e) {
      // Nothing of ours, or nothing at all.
      return new TreeSet<>();
    }
    return blobs;
  }

  /**
   * The steps that are there.
   *
   * @throws IOException when there are none, or they make no sense
   */
  public ForeignSteps read(LayerMaker maker) throws IOException {
    try {
      Index index = Index.of(Json.object(Files.readAllBytes(folder.resolve(INDEX))));
      if (index.manifests().isEmpty()) {
        throw new IOException(folder + " lists no image");
      }
      Manifest manifest =
          Manifest.of(Json.object(Files.readAllBytes(blob(index.manifests().getFirst().digest()))));
      JsonObject config = Json.object(Files.readAllBytes(blob(manifest.config().digest())));
      List<Digest> diffIds =
          config.object("rootfs").strings("diff_ids").stream().map(Digest::parse).toList();
      return new ForeignSteps(
          SharedSteps.read(config),
          diffIds,
          manifest.layers(),
          (blob, diffId, below, lease) -> {
            try (InputStream in =
                Compression.expand(
                    new BufferedInputStream(Files.newInputStream(blob(blob.digest())), BUFFER))) {
              return maker.unpack(in, below, diffId, lease);
            }
          });
    } catch (JsonException | BadReferenceException e) {
      throw new IOException(folder + " makes no sense: " + e.getMessage(), e);
    }
  }

  private Descriptor put(String mediaType, byte[] content) throws IOException {
    Digest digest = Digest.of(content);
    replace(blob(digest), content);
    return new Descriptor(mediaType, digest, content.length);
  }

  private static void replace(Path file, byte[] content) throws IOException {
    Path beside = beside(file);
    Files.write(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path beside(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private Path blobs() {
    return folder.resolve("blobs").resolve("sha256");
  }

  private Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }
}
