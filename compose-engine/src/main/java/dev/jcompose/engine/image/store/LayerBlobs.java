package dev.jcompose.engine.image.store;

import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.compress.GzipStream;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.LayerArchive;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The layers as archives. A layer that came from elsewhere keeps the blob it came as, since packing
 * its directory again would give other bytes. A layer made here has none until somebody needs one:
 * {@link LayerArchive} gives the bytes its diff id was made of, and the compressed blob, once made,
 * is kept, so that its digest never changes.
 */
public final class LayerBlobs {
  private final BlobStore blobs;
  private final LayerStore layers;
  private final LayerForms forms;
  private final FileCalls files;
  private final Map<Digest, Object> making = new ConcurrentHashMap<>();
  private final Map<Digest, Long> archiveSizes = new ConcurrentHashMap<>();

  LayerBlobs(BlobStore blobs, LayerStore layers, LayerForms forms, FileCalls files) {
    this.blobs = blobs;
    this.layers = layers;
    this.forms = forms;
    this.files = files;
  }

  /** The blob of this store that gives a layer; empty when none is here. */
  public Optional<Descriptor> present(Digest diffId) {
    return forms.of(diffId).stream()
        .map(LayerForm::blob)
        .filter(blob -> blobs.has(blob.digest()))
        .findFirst();
  }

  /**
   * The blob to send of a layer: the one it came as, or one made now, gzip-compressed, and kept.
   * Callers at the same time wait for one making.
   *
   * @throws IOException when the disk refuses, or the layer's directory was changed
   */
  public Descriptor blob(Layer layer) throws IOException {
    synchronized (making.computeIfAbsent(layer.diffId(), key -> new Object())) {
      Optional<Descriptor> present = present(layer.diffId());
      if (present.isPresent()) {
        return present.get();
      }
      try (BlobWriter writer = blobs.write()) {
        try (OutputStream gzip = new GzipStream(new KeptOpen(writer))) {
          pack(layer, gzip);
        }
        long size = writer.size();
        Descriptor made = new Descriptor(MediaTypes.LAYER_GZIP, writer.commit(), size);
        forms.note(layer.diffId(), made, List.of());
        return made;
      } finally {
        making.remove(layer.diffId());
      }
    }
  }

  /**
   * Writes a layer's uncompressed archive, whose digest is its diff id; the stream stays open.
   *
   * @throws IOException when the disk refuses, or the layer's directory was changed
   */
  public void archive(Layer layer, OutputStream out) throws IOException {
    Optional<Descriptor> present = present(layer.diffId());
    if (present.isEmpty()) {
      pack(layer, out);
      return;
    }
    try (InputStream plain = Compression.expand(blobs.open(present.get().digest()))) {
      plain.transferTo(out);
    }
  }

  /** Bytes of a layer's uncompressed archive; the first to ask waits until it was read once. */
  public long archiveSize(Layer layer) throws IOException {
    Long known = archiveSizes.get(layer.diffId());
    if (known == null) {
      Counter counter = new Counter();
      archive(layer, counter);
      known = counter.count;
      archiveSizes.put(layer.diffId(), known);
    }
    return known;
  }

  /**
   * Whether a layer's directory gives the bytes of its diff id, so that no blob needs to be kept.
   */
  public boolean isReproducible(Layer layer) throws IOException {
    return Digest.of(packed(layer, OutputStream.nullOutputStream())).equals(layer.diffId());
  }

  private MessageDigest packed(Layer layer, OutputStream out) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    LayerArchive.write(
        files,
        layers.directory(layer.chainId()),
        new DigestOutputStream(new KeptOpen(out), sha256));
    return sha256;
  }

  private void pack(Layer layer, OutputStream out) throws IOException {
    Digest packed = Digest.of(packed(layer, out));
    if (!packed.equals(layer.diffId())) {
      throw new IOException(
          "the directory of layer %s was changed after it was made; remove the image and make it again"
              .formatted(layer.diffId()));
    }
  }

  /** Counts what is written to it. */
  private static final class Counter extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }

  /** A stream that outlives the one that writes to it. */
  private static final class KeptOpen extends OutputStream {
    private final OutputStream out;

    KeptOpen(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
