package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.store.BlobWriter;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.KernelException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Images to and from archives, by the store. */
public final class ImageArchives implements ImageExchange {
  private static final int BUFFER = 1 << 17;

  private final Images images;
  private final ImageStore store;
  private final LayerMaker maker;

  /**
   * @param images finds what is to be saved
   * @param maker makes layers of the same store
   */
  public ImageArchives(Images images, ImageStore store, LayerMaker maker) {
    this.images = images;
    this.store = store;
    this.maker = maker;
  }

  @Override
  public Saving save(List<String> references) throws ImageException {
    SequencedMap<Image, Set<Reference>> wanted = new LinkedHashMap<>();
    for (String reference : references) {
      Image image = null;
      for (Reference name : tags(reference)) {
        image = images.resolve(name.toString());
        wanted.computeIfAbsent(image, key -> new LinkedHashSet<>()).add(name);
      }
      if (image == null) {
        wanted.computeIfAbsent(images.resolve(reference), key -> new LinkedHashSet<>());
      }
    }
    SequencedMap<Image, List<Reference>> named = new LinkedHashMap<>();
    wanted.forEach((image, names) -> named.put(image, List.copyOf(names)));
    return out -> {
      try (Lease lease = store.layers().lease()) {
        OutputStream buffered = new BufferedOutputStream(out, BUFFER);
        new ArchiveWriter(store).write(named, lease, buffered);
        buffered.flush();
      }
      named.forEach(
          (image, names) ->
              store.announce(
                  new ImageEvent(
                      ImageEvent.Action.SAVE,
                      image.id(),
                      names.isEmpty() ? image.id() : names.getFirst().familiar())));
    };
  }

  /** The names a reference stands for; none for an id and for one with a digest. */
  private List<Reference> tags(String reference) throws ImageException {
    Image image = images.resolve(reference);
    Reference name;
    try {
      name = Reference.parse(reference);
    } catch (BadReferenceException e) {
      return List.of();
    }
    if (name.digest() != null) {
      return List.of();
    }
    if (name.tag() != null) {
      return image.repoTags().contains(name.familiar()) ? List.of(name) : List.of();
    }
    // An id looks like a name too; it is one only if the image it leads to has that name.
    if (!image.repoTags().contains(name.orLatest().familiar())) {
      return List.of();
    }
    return store.list().stream()
        .flatMap(one -> one.repoTags().stream())
        .map(Reference::parse)
        .filter(tag -> tag.repository().equals(name.repository()))
        .sorted()
        .toList();
  }

  @Override
  public List<Loaded> load(InputStream archive, @Nullable Platform platform) throws ImageException {
    try (InputStream plain = Compression.expand(new BufferedInputStream(archive, BUFFER));
        Spool spool = Spool.read(store.blobs(), store.paths().layers(), plain)) {
      List<Loaded> loaded = new ArrayList<>();
      for (Candidate candidate :
          new ArchiveIndex(spool, platform == null ? Platform.host() : platform).images()) {
        loaded.add(load(candidate));
      }
      return loaded;
    } catch (IOException | UncheckedIOException | KernelException e) {
      throw new ImageException(
          ImageException.Kind.INVALID, "the archive cannot be loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public Image take(String layout) throws ImageException {
    LayoutReference reference = LayoutReference.parse(layout);
    if (!Files.isDirectory(reference.folder())) {
      throw new ImageException(
          ImageException.Kind.INVALID, "there is no folder " + reference.folder());
    }
    try (Members members = new LayoutMembers(store.blobs(), reference.folder())) {
      return load(new ArchiveIndex(members, Platform.host()).image(reference)).image();
    } catch (IOException | UncheckedIOException | KernelException e) {
      throw new ImageException(
          ImageException.Kind.INVALID,
          "the OCI layout %s cannot be used: %s".formatted(reference.folder(), e.getMessage()),
          e);
    }
  }

  private Loaded load(Candidate candidate) throws IOException {
    byte[] document = Members.document(candidate.configuration());
    Configuration configuration;
    try {
      configuration = Configuration.of(Json.object(document));
    } catch (JsonException | BadReferenceException e) {
      throw new IOException("an image's configuration makes no sense: " + e.getMessage(), e);
    }
    if (configuration.diffIds().size() != candidate.layers().size()) {
      throw new IOException(
          "an image has %d layers by its configuration and %d by the archive's list"
              .formatted(configuration.diffIds().size(), candidate.layers().size()));
    }
    try (Lease lease = store.layers().lease()) {
      Digest parent = null;
      for (int i = 0; i < candidate.layers().size(); i++) {
        Digest diffId = configuration.diffIds().get(i);
        Digest chainId = parent == null ? diffId : ChainId.above(parent, diffId);
        Layer found = lease.find(chainId);
        Members.Later member = candidate.layers().get(i);
        if (found == null) {
          layer(member.get(), diffId, parent, lease);
        } else if (store.layerBlobs().present(diffId).isEmpty()
            && !store.layerBlobs().isReproducible(found)) {
          // Whoever brought it was stopped before its bytes were kept.
          keep(member.get(), compression(member.get()), found);
        }
        parent = chainId;
      }
      Image image = store.add(document, List.of());
      for (Reference name : candidate.names()) {
        image = store.tag(Digest.parse(image.id()), name);
      }
      store.announce(new ImageEvent(ImageEvent.Action.LOAD, image.id(), image.id()));
      return new Loaded(image, candidate.names().stream().map(Reference::familiar).toList());
    }
  }

  private void layer(BlobWriter member, Digest diffId, @Nullable Digest parent, Lease lease)
      throws IOException {
    Compression compression = compression(member);
    Layer layer;
    try (InputStream plain = Compression.expand(Members.open(member))) {
      layer = maker.unpack(plain, parent, diffId, lease);
    }
    keep(member, compression, layer);
  }

  private static Compression compression(BlobWriter member) throws IOException {
    try (InputStream in = Members.open(member)) {
      return Compression.of(in.readNBytes(Compression.MAGIC));
    }
  }

  /** Keeps the bytes a layer came as, unless its directory gives the same. */
  private void keep(BlobWriter member, Compression compression, Layer layer) throws IOException {
    Digest diffId = layer.diffId();
    switch (compression) {
      case GZIP -> keep(member, MediaTypes.LAYER_GZIP, diffId);
      case ZSTD -> keep(member, MediaTypes.LAYER_ZSTD, diffId);
      case NONE, BZIP2, XZ -> {
        if (store.layerBlobs().isReproducible(layer)) {
          return;
        }
        if (compression == Compression.NONE) {
          keep(member, MediaTypes.LAYER, diffId);
          return;
        }
        // No registry knows layers compressed like this.
        try (BlobWriter plain = store.blobs().write();
            InputStream in = Compression.expand(Members.open(member))) {
          in.transferTo(plain);
          keep(plain, MediaTypes.LAYER, diffId);
        }
      }
    }
  }

  private void keep(BlobWriter bytes, String mediaType, Digest diffId) throws IOException {
    Descriptor blob = new Descriptor(mediaType, bytes.finish(), bytes.size());
    if (!store.blobs().has(blob.digest())) {
      var _ = bytes.commit();
    }
    store.forms().note(diffId, blob, List.of());
  }

  @Override
  public Image importFiles(
      InputStream archive,
      String name,
      String message,
      List<String> changes,
      @Nullable Platform platform)
      throws ImageException {
    Reference reference = name.isEmpty() ? null : Reference.parse(name).orLatest();
    if (reference != null && reference.digest() != null) {
      throw new BadReferenceException("\"" + name + "\" has a digest; write name[:tag]");
    }
    ImageConfig settings = ConfigChanges.apply(ImageConfig.EMPTY, changes);
    Platform target = platform == null ? Platform.host() : platform;
    Instant now = Instant.now();
    try (InputStream plain = Compression.expand(new BufferedInputStream(archive, BUFFER));
        Lease lease = store.layers().lease()) {
      Layer layer = maker.repack(plain, lease);
      Configuration configuration =
          new Configuration(
              now,
              "",
              target.architecture(),
              target.variant(),
              target.os(),
              settings,
              List.of(layer.diffId()),
              List.of(
                  new Configuration.Step(
                      now, "", "", message.isEmpty() ? "Imported from -" : message, false)));
      Image image = store.add(Json.bytes(configuration), List.of());
      if (reference != null) {
        image = store.tag(Digest.parse(image.id()), reference);
      }
      store.announce(
          new ImageEvent(
              ImageEvent.Action.IMPORT,
              image.id(),
              reference == null ? image.id() : reference.familiar()));
      return image;
    } catch (IOException | UncheckedIOException | KernelException e) {
      throw new ImageException(
          ImageException.Kind.INVALID, "the archive cannot be imported: " + e.getMessage(), e);
    }
  }
}
