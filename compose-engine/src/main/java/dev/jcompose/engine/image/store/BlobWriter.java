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
import org.jspecify.annotations.Nullable;

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
  private @Nullable Digest digest;
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

  /** Ends the content and tells its digest; nothing can be written any more. */
  public Digest finish() throws IOException {
    Digest known = digest;
    if (known == null) {
      file.force(false);
      file.close();
      known = Digest.of(sha256);
      digest = known;
    }
    return known;
  }

  /** Where the bytes are; read after {@link #finish}. */
  public Path path() throws IOException {
    return committed ? paths.blob(finish()) : beside;
  }

  /**
   * Gives the blob its name, after its bytes are on disk; called once. A blob that is there already
   * stays.
   */
  public Digest commit() throws IOException {
    Digest name = finish();
    Files.move(
        beside,
        paths.blob(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    committed = true;
    return name;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      file.close();
      Files.deleteIfExists(beside);
    }
  }
}
