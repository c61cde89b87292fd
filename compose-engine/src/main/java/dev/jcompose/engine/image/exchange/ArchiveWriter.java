package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Index;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Writes images as one archive. Members come in the order of their names, the lists after the
 * blobs; owners are root and times zero, so equal images give equal bytes.
 */
final class ArchiveWriter {
  private final ImageStore store;

  ArchiveWriter(ImageStore store) {
    this.store = store;
  }

  /**
   * Writes the archive; the stream stays open.
   *
   * @param images each with the names it is to have
   * @param lease holds their layers
   */
  void write(SequencedMap<Image, List<Reference>> images, Lease lease, OutputStream out)
      throws IOException {
    TreeMap<Digest, byte[]> documents = new TreeMap<>();
    TreeMap<Digest, Layer> layers = new TreeMap<>();
    List<Descriptor> index = new ArrayList<>();
    List<DockerManifest> docker = new ArrayList<>();
    for (Map.Entry<Image, List<Reference>> entry : images.entrySet()) {
      Image image = entry.getKey();
      List<Descriptor> content = new ArrayList<>();
      for (Layer layer : layers(image, lease)) {
        layers.put(layer.diffId(), layer);
        content.add(
            new Descriptor(
                MediaTypes.LAYER, layer.diffId(), store.layerBlobs().archiveSize(layer)));
      }
      Digest id = Digest.parse(image.id());
      byte[] configuration = store.blobs().read(id);
      documents.put(id, configuration);
      byte[] manifest =
          Json.bytes(
              new Manifest(
                  MediaTypes.MANIFEST,
                  new Descriptor(MediaTypes.CONFIG, id, configuration.length),
                  content));
      documents.put(Digest.of(manifest), manifest);
      index.addAll(entries(image, manifest, entry.getValue()));
      docker.add(
          new DockerManifest(
              OciLayout.blob(id),
              entry.getValue().stream().map(Reference::familiar).toList(),
              content.stream().map(layer -> OciLayout.blob(layer.digest())).toList()));
    }
    TarWriter tar = new TarWriter(out);
    tar.write(TarEntry.directory("blobs", 0755, 0));
    tar.write(TarEntry.directory("blobs/sha256", 0755, 0));
    for (Layer layer : layers.values()) {
      layer(tar, layer, out);
    }
    for (Map.Entry<Digest, byte[]> document : documents.entrySet()) {
      file(tar, OciLayout.blob(document.getKey()), document.getValue());
    }
    file(tar, OciLayout.INDEX, Json.bytes(new Index(MediaTypes.INDEX, index)));
    file(tar, DockerManifest.FILE, Json.bytes(docker));
    file(tar, OciLayout.MARKER, OciLayout.MARKER_TEXT.getBytes(StandardCharsets.US_ASCII));
    tar.finish();
  }

  private List<Layer> layers(Image image, Lease lease) throws IOException {
    List<Layer> layers = new ArrayList<>();
    for (Digest chainId : ChainId.of(image.diffIds())) {
      Layer layer = lease.find(chainId);
      if (layer == null) {
        throw new IOException("image " + image.shortId() + " was removed while it was written");
      }
      layers.add(layer);
    }
    return layers;
  }

  private static List<Descriptor> entries(Image image, byte[] manifest, List<Reference> names) {
    Platform platform = Platform.of(image);
    List<Map<String, String>> annotations = new ArrayList<>();
    for (Reference name : names) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put(OciLayout.FULL_NAME, name.toString());
      String tag = name.tag();
      if (tag != null) {
        one.put(OciLayout.REFERENCE_NAME, tag);
      }
      annotations.add(one);
    }
    if (annotations.isEmpty()) {
      annotations.add(Map.of());
    }
    return annotations.stream()
        .map(
            one ->
                new Descriptor(
                    MediaTypes.MANIFEST, Digest.of(manifest), manifest.length, platform, "", one))
        .toList();
  }

  private void layer(TarWriter tar, Layer layer, OutputStream out) throws IOException {
    long size = store.layerBlobs().archiveSize(layer);
    tar.begin(TarEntry.file(OciLayout.blob(layer.diffId()), 0644, size, 0));
    store.layerBlobs().archive(layer, out);
    tar.end(size);
  }

  private static void file(TarWriter tar, String name, byte[] content) throws IOException {
    tar.write(TarEntry.file(name, 0644, content.length, 0), new ByteArrayInputStream(content));
  }
}
