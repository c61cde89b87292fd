package dev.jcompose.engine.image.make;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.ImpliedDirectories;
import dev.jcompose.engine.image.layer.LayerArchive;
import dev.jcompose.engine.image.layer.LayerUnpacker;
import dev.jcompose.engine.image.layer.Unpacked;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerStore;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes layers of directories and archives. A directory is a layer as overlayfs has it in an upper
 * directory: a deleted name is a device 0:0, an opaque directory has overlayfs' attribute. The diff
 * id is the digest of the archive that {@link LayerArchive} writes of it; the archive itself is
 * written only to the hash, and made again when somebody needs it ({@link
 * dev.jcompose.engine.image.store.LayerBlobs}).
 */
public final class LayerMaker {
  private static final int PIPE = 1 << 18;

  private final LayerStore layers;
  private final FileCalls files;

  public LayerMaker(LayerStore layers, FileCalls files) {
    this.layers = layers;
    this.files = files;
  }

  /**
   * Makes a directory a layer by renaming it, without copying anything: the fast way for a
   * directory that is on the store's file system and that nobody needs any more, such as the upper
   * directory of a build step that has ended or what was filled after {@link LayerStore#stage}. The
   * directory is gone afterwards, also when this fails.
   *
   * @param parent chain id of the layer below; null for a lowest layer
   * @param lease holds the layer from now on
   */
  public Layer adopt(Path directory, @Nullable Digest parent, Lease lease) throws IOException {
    try {
      MessageDigest sha256 = Digest.sha256();
      long size = LayerArchive.write(files, directory, hashing(sha256));
      return lease.publish(directory, parent, Digest.of(sha256), size);
    } finally {
      layers.discard(directory);
    }
  }

  /**
   * Makes a layer of a directory that stays as it is, such as the upper directory of a container.
   * What changes meanwhile is in the layer as it was at some moment, or makes this fail when a file
   * shrinks; pause the container if that matters.
   *
   * @param parent chain id of the layer below; null for a lowest layer
   * @param omitted paths below the directory, without a leading slash, that are left out
   * @param lease holds the layer from now on
   */
  public Layer copy(Path directory, @Nullable Digest parent, Predicate<String> omitted, Lease lease)
      throws IOException {
    // What goes through an archive is exactly what one can give back later.
    return Piped.through(
        PIPE,
        out -> LayerArchive.write(files, directory, omitted, out),
        in -> unpack(in, parent, null, lease));
  }

  /**
   * Makes a layer of a plain archive, read to its end.
   *
   * @param parent chain id of the layer below; null for a lowest layer
   * @param expected the archive's digest; null when anything will do
   * @param lease holds the layer from now on
   * @throws dev.jcompose.engine.image.layer.UnpackException when a member is refused
   */
  public Layer unpack(
      InputStream archive, @Nullable Digest parent, @Nullable Digest expected, Lease lease)
      throws IOException {
    Path staged = layers.stage();
    try {
      MessageDigest sha256 = Digest.sha256();
      Unpacked unpacked =
          LayerUnpacker.unpack(files, new DigestInputStream(archive, sha256), staged);
      Digest diffId = Digest.of(sha256);
      if (expected != null && !expected.equals(diffId)) {
        throw new IOException(
            "a layer's digest should be %s and is %s; the archive is damaged"
                .formatted(expected, diffId));
      }
      ImpliedDirectories.settle(files, staged, unpacked.implied(), layers.directories(parent));
      return lease.publish(staged, parent, diffId, unpacked.size());
    } finally {
      layers.discard(staged);
    }
  }

  /**
   * Makes a layer of a plain archive, whose diff id is not that of the archive but of what {@link
   * LayerArchive} makes of it, so that no blob needs to be kept.
   *
   * @param lease holds the layer from now on
   * @throws dev.jcompose.engine.image.layer.UnpackException when a member is refused
   */
  public Layer repack(InputStream archive, Lease lease) throws IOException {
    Path staged = layers.stage();
    try {
      LayerUnpacker.unpack(files, archive, staged);
      return adopt(staged, null, lease);
    } finally {
      layers.discard(staged);
    }
  }

  private static OutputStream hashing(MessageDigest sha256) {
    return new DigestOutputStream(OutputStream.nullOutputStream(), sha256);
  }
}
