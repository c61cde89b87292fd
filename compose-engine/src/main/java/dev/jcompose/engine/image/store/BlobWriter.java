package dev.jcompose.engine.image.store;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;

/**
 * A blob on its way into the store: written beside the others, hashed on the way, and renamed to
 * its digest by {@link #commit}. Closing it without that forgets it.
 */
public final class BlobWriter extends OutputStream {
  private final ImagePaths paths;
  private final Path beside;
  private final FileChannel file;
  private final MessageDigest sha256 = Digest.sha256();
  private long size;
  private boolean committed;

  BlobWriter(ImagePaths paths, Path beside, FileChannel file) {
    this.paths = paths;
    this.beside = beside;
    this.file = file;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sha256.update(bytes, offset, length);
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    size += length;
  }

  /** Bytes written so far. */
  public long size() {
    return size;
  }

  /**
   * Forces the bytes to disk and gives the blob its name; called once. A blob that is there already
   * stays.
   */
  public Digest commit() throws IOException {
    Digest digest = Digest.of(sha256);
    file.force(false);
    file.close();
    Files.move(
        beside,
        paths.blob(digest),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    committed = true;
    return digest;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      file.close();
      Files.deleteIfExists(beside);
    }
  }
}
