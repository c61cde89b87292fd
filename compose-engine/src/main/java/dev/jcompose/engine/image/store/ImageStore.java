package dev.jcompose.engine.image.store;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.state.StateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The images on disk: their configurations, records and names. Layers come first, then the
 * configuration, then the record, then the name, so that a crash leaves no name without its
 * content.
 */
public final class ImageStore {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration PARTIALS_KEPT = Duration.ofDays(7);

  private final ImagePaths paths;
  private final BlobStore blobs;
  private final LayerStore layers;
  private final LayerForms forms;
  private final LayerBlobs layerBlobs;
  private final List<Supplier<Set<Digest>>> roots = new CopyOnWriteArrayList<>();
  private final Consumer<ImageEvent> events;
  private final Map<Digest, StoredImage> images = new LinkedHashMap<>();
  private final TreeMap<Reference, Digest> tags = new TreeMap<>();

  private ImageStore(ImagePaths paths, FileCalls files, String boot, Consumer<ImageEvent> events) {
    this.paths = paths;
    this.blobs = new BlobStore(paths);
    this.layers = new LayerStore(paths, files, boot);
    this.forms = new LayerForms(paths, blobs);
    this.layerBlobs = new LayerBlobs(blobs, layers, forms, files);
    this.events = events;
  }

  /**
   * Opens the store, makes its directories and clears what a crash left. One process at a time may
   * have a store open.
   *
   * @param files how layers are deleted
   * @param events called, on the thread that did it, after something happened to an image
   */
  public static ImageStore open(ImagePaths paths, FileCalls files, Consumer<ImageEvent> events)
      throws IOException {
    return open(paths, files, Files.readString(BOOT_ID).strip(), events);
  }

  static ImageStore open(
      ImagePaths paths, FileCalls files, String boot, Consumer<ImageEvent> events)
      throws IOException {
    for (Path directory :
        List.of(
            paths.blobs(),
            paths.records(),
            paths.layerRecords(),
            paths.layerForms(),
            paths.notes(),
            paths.layers())) {
      Files.createDirectories(directory);
    }
    ImageStore store = new ImageStore(paths, files, boot, events);
    store.load();
    return store;
  }

  private void load() throws IOException {
    for (Path directory :
        List.of(
            paths.images(),
            paths.blobs(),
            paths.records(),
            paths.layerRecords(),
            paths.layerForms(),
            paths.notes())) {
      try (DirectoryStream<Path> leftovers =
          Files.newDirectoryStream(directory, "*" + ImagePaths.HALF_WRITTEN)) {
        for (Path leftover : leftovers) {
          Files.delete(leftover);
        }
      }
    }
    blobs.forgetPartialsBefore(Instant.now().minus(PARTIALS_KEPT));
    layers.load();
    try (DirectoryStream<Path> records = Files.newDirectoryStream(paths.records())) {
      for (Path file : records) {
        ImageRecord record = ImageRecord.of(Json.object(Files.readAllBytes(file)));
        Digest id = record.id();
        if (!blobs.has(id)) {
          Files.delete(file);
          continue;
        }
        StoredImage image = read(record);
        if (image.chain().stream().allMatch(chainId -> layers.find(chainId) != null)) {
          images.put(id, image);
        }
      }
    }
    if (Files.exists(paths.tags())) {
      Json.object(Files.readAllBytes(paths.tags()))
          .stringMap("tags")
          .forEach(
              (name, id) -> {
                if (images.containsKey(Digest.parse(id))) {
                  tags.put(Reference.parse(name), Digest.parse(id));
                }
              });
    }
  }

  private StoredImage read(ImageRecord record) throws IOException {
    return StoredImage.of(record, Configuration.of(Json.object(blobs.read(record.id()))));
  }

  /** The blobs. */
  public BlobStore blobs() {
    return blobs;
  }

  /** The unpacked layers. */
  public LayerStore layers() {
    return layers;
  }

  /** Which blobs give which layer. */
  public LayerForms forms() {
    return forms;
  }

  /** The layers as archives. */
  public LayerBlobs layerBlobs() {
    return layerBlobs;
  }

  /**
   * Keeps layers that belong to no image, such as those of a build cache.
   *
   * @param chainIds asked, from any thread, whenever layers are about to be deleted
   */
  public void keep(Supplier<Set<Digest>> chainIds) {
    roots.add(chainIds);
  }

  /** The configuration of an image of this store. */
  public synchronized Configuration configuration(Digest id) {
    return Objects.requireNonNull(images.get(id), "an image of the store").configuration();
  }

  /** Where things lie. */
  public ImagePaths paths() {
    return paths;
  }

  /**
   * Takes an image up; all its layers are in the store already. The same image twice is one image
   * that keeps all its names.
   *
   * @param configuration the document's bytes; their digest becomes the id
   * @param repoDigests names registries know it by
   */
  public Image add(byte[] configuration, List<String> repoDigests) throws IOException {
    return add(configuration, repoDigests, List.of());
  }

  /**
   * Takes an image up as registries have it.
   *
   * @param configuration the document's bytes; their digest becomes the id
   * @param repoDigests names registries know it by
   * @param manifests documents that name it; each is a blob of the store already
   */
  public synchronized Image add(
      byte[] configuration, List<String> repoDigests, List<Descriptor> manifests)
      throws IOException {
    Digest id = blobs.put(configuration);
    CrashPoint.IMAGE_CONFIGURATION_STORED.reached();
    Set<String> names = new TreeSet<>(repoDigests);
    Set<Descriptor> documents = new LinkedHashSet<>(manifests);
    StoredImage known = images.get(id);
    if (known != null) {
      names.addAll(known.repoDigests());
      documents.addAll(known.record().manifests());
    }
    ImageRecord record =
        new ImageRecord(id, List.copyOf(names), List.copyOf(documents), Instant.now());
    StoredImage image = read(record);
    for (Digest chainId : image.chain()) {
      if (layers.find(chainId) == null) {
        throw new IllegalStateException("layer %s of image %s is missing".formatted(chainId, id));
      }
    }
    StateFiles.write(paths.record(id), Json.bytes(record));
    CrashPoint.IMAGE_RECORD_WRITTEN.reached();
    images.put(id, image);
    return image(id);
  }

  /** The documents by which registries know an image, latest first; each is a blob. */
  public synchronized List<Descriptor> manifests(Digest id) {
    StoredImage image = images.get(id);
    return image == null ? List.of() : image.record().manifests();
  }

  /** The image with this id. */
  public synchronized Optional<Image> byId(Digest id) {
    return images.containsKey(id) ? Optional.of(image(id)) : Optional.empty();
  }

  /** The image with this tag or repository digest. */
  public synchronized Optional<Image> byName(Reference name) {
    Digest digest = name.digest();
    if (digest == null) {
      Digest id = tags.get(name.orLatest());
      return id == null ? Optional.empty() : Optional.of(image(id));
    }
    String repoDigest = name.familiarRepository() + "@" + digest;
    return images.values().stream()
        .filter(image -> image.repoDigests().contains(repoDigest))
        .findFirst()
        .map(image -> image(image.id()));
  }

  /** Images whose id starts with these hex digits. */
  public synchronized List<Image> byIdPrefix(String hexDigits) {
    return images.keySet().stream()
        .filter(id -> id.hex().startsWith(hexDigits))
        .map(this::image)
        .toList();
  }

  /** All images, newest first. */
  public synchronized List<Image> list() {
    return images.values().stream()
        .sorted(
            Comparator.comparing(
                (StoredImage image) -> image.configuration().created(), Comparator.reverseOrder()))
        .map(image -> image(image.id()))
        .toList();
  }

  /** Gives an image a name, taking it from any other image. */
  public synchronized Image tag(Digest id, Reference name) {
    StoredImage image = Objects.requireNonNull(images.get(id), "an image of the store");
    ImageRecord record = image.record().taggedAt(Instant.now());
    StateFiles.write(paths.record(id), Json.bytes(record));
    images.put(id, new StoredImage(record, image.configuration(), image.chain()));
    tags.put(name.orLatest(), id);
    writeTags();
    CrashPoint.IMAGE_NAMED.reached();
    events.accept(new ImageEvent(ImageEvent.Action.TAG, id.toString(), name.orLatest().familiar()));
    return image(id);
  }

  /** Takes a name off whatever image has it. */
  public synchronized void untag(Reference name) {
    Digest id = tags.remove(name);
    if (id != null) {
      writeTags();
      events.accept(new ImageEvent(ImageEvent.Action.UNTAG, id.toString(), name.familiar()));
    }
  }

  /**
   * Removes an image with its names, and the layers no other image has.
   *
   * @param keepLayers leaves those too, for what may be built or pulled next
   * @return the chain ids of the removed layers, top first, and their size
   */
  public synchronized Removed remove(Digest id, boolean keepLayers) throws IOException {
    StoredImage image = images.get(id);
    if (image == null) {
      return new Removed(List.of(), 0);
    }
    if (tags.values().removeIf(id::equals)) {
      writeTags();
    }
    CrashPoint.IMAGE_NAMES_GONE.reached();
    Files.deleteIfExists(paths.record(id));
    CrashPoint.IMAGE_RECORD_GONE.reached();
    images.remove(id);
    blobs.remove(id);
    Set<Digest> needed = needed();
    Set<Digest> documents = new HashSet<>();
    images
        .values()
        .forEach(
            other ->
                other.record().manifests().forEach(manifest -> documents.add(manifest.digest())));
    for (Descriptor manifest : image.record().manifests()) {
      if (!documents.contains(manifest.digest())) {
        blobs.remove(manifest.digest());
      }
    }
    List<Digest> removed = new ArrayList<>();
    long size = 0;
    for (Digest chainId : keepLayers ? List.<Digest>of() : image.chain().reversed()) {
      Layer layer = needed.contains(chainId) ? null : layers.remove(chainId);
      if (layer != null) {
        size += layer.size();
        removed.add(chainId);
      }
    }
    for (Digest diffId : image.configuration().diffIds()) {
      if (layers.list().stream().noneMatch(layer -> layer.diffId().equals(diffId))) {
        size += forms.remove(diffId);
      }
    }
    events.accept(new ImageEvent(ImageEvent.Action.DELETE, id.toString(), id.toString()));
    return new Removed(removed, size);
  }

  /** The layers that images have. */
  public synchronized Set<Digest> imageLayers() {
    Set<Digest> all = new HashSet<>();
    images.values().forEach(image -> all.addAll(image.chain()));
    return all;
  }

  /** What everything takes, and which part of it no image has. */
  public synchronized StoreUsage usage() throws IOException {
    Set<Digest> needed = needed();
    Set<Digest> documents = new HashSet<>();
    Set<Digest> archives = new HashSet<>();
    for (StoredImage image : images.values()) {
      documents.add(image.id());
      image.record().manifests().forEach(manifest -> documents.add(manifest.digest()));
    }
    List<Leftover> leftovers = new ArrayList<>();
    long layersSize = 0;
    for (Layer layer : layers.list()) {
      layersSize += layer.size();
      forms.of(layer.diffId()).forEach(form -> archives.add(form.blob().digest()));
      if (!needed.contains(layer.chainId()) && !layers.isHeld(layer.chainId())) {
        leftovers.add(
            new Leftover(
                Leftover.Kind.LAYER,
                layer.chainId(),
                layer.size(),
                layers.lastUsed(layer.chainId())));
      }
    }
    long blobsSize = 0;
    for (Leftover blob : blobs.list()) {
      blobsSize += blob.size();
      if (!documents.contains(blob.digest()) && !archives.contains(blob.digest())) {
        leftovers.add(blob);
      }
    }
    leftovers.sort(Comparator.comparing(Leftover::lastUsed));
    return new StoreUsage(layersSize, blobsSize, leftovers);
  }

  /**
   * Deletes what no image has, unless somebody has begun to use it meanwhile.
   *
   * @return bytes that are free now
   */
  public synchronized long remove(Leftover leftover) throws IOException {
    Digest digest = leftover.digest();
    return switch (leftover.kind()) {
      case LAYER -> {
        Layer layer = needed().contains(digest) ? null : layers.remove(digest);
        if (layer == null) {
          yield 0;
        }
        boolean last = layers.list().stream().noneMatch(one -> one.diffId().equals(layer.diffId()));
        yield layer.size() + (last ? forms.remove(layer.diffId()) : 0);
      }
      case BLOB -> {
        blobs.remove(digest);
        yield leftover.size();
      }
      case PARTIAL_BLOB -> {
        Files.deleteIfExists(blobs.partial(digest));
        yield leftover.size();
      }
    };
  }

  private Set<Digest> needed() {
    Set<Digest> needed = imageLayers();
    for (Supplier<Set<Digest>> root : roots) {
      // Layers below a kept one are kept with it.
      for (Digest kept : root.get()) {
        for (Layer layer = layers.find(kept); layer != null; layer = below(layer)) {
          needed.add(layer.chainId());
        }
      }
    }
    return needed;
  }

  private @Nullable Layer below(Layer layer) {
    return layer.parent() == null ? null : layers.find(layer.parent());
  }

  /** Tells that something happened to an image that the store itself does not see. */
  public void announce(ImageEvent event) {
    events.accept(event);
  }

  /**
   * What removing an image took away.
   *
   * @param chainIds of the layers, top first
   * @param size bytes of their regular files
   */
  public record Removed(List<Digest> chainIds, long size) {
    public Removed {
      chainIds = List.copyOf(chainIds);
    }
  }

  private Image image(Digest id) {
    List<String> names =
        tags.entrySet().stream()
            .filter(entry -> entry.getValue().equals(id))
            .map(entry -> entry.getKey().familiar())
            .toList();
    return Objects.requireNonNull(images.get(id), "an image of the store").named(names, layers);
  }

  private void writeTags() {
    Map<String, String> list = new LinkedHashMap<>();
    tags.forEach((name, id) -> list.put(name.toString(), id.toString()));
    StateFiles.write(paths.tags(), Json.bytes(JsonObject.builder().put("tags", list).build()));
  }
}
