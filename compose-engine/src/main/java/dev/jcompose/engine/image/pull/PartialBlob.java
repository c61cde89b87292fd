package dev.jcompose.engine.image.pull;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The file of a blob that is on its way: written once from its beginning, and read by others while
 * it grows. Where the file system allows it goes past the page cache (open(2), O_DIRECT): a blob is
 * read once, by whoever unpacks it, so it should neither push other files out of memory nor cost
 * the copies into the cache and out of it. Used by one thread.
 */
final class PartialBlob implements Closeable {
  /** Bytes that are written at once, and that the end of the engine can lose. */
  static final int CHUNK = 1 << 20;

  /** What every file system counts in that can be written directly with these chunks. */
  private static final int BLOCK = 1 << 12;

  private static final @Nullable OpenOption DIRECT = direct();

  private final FileChannel cached;
  private final @Nullable FileChannel direct;
  private final Arena memory = Arena.ofConfined();
  private final ByteBuffer chunk = memory.allocate(CHUNK, BLOCK).asByteBuffer();
  private long written;

  private PartialBlob(FileChannel cached, @Nullable FileChannel direct) {
    this.cached = cached;
    this.direct = direct;
  }

  /** Opens the file, or makes it. */
  static PartialBlob open(Path path) throws IOException {
    FileChannel cached =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new PartialBlob(cached, openDirect(path, StandardOpenOption.WRITE));
  }

  /** Opens past the page cache; null where that cannot be done. */
  private static @Nullable FileChannel openDirect(Path path, OpenOption access) throws IOException {
    if (DIRECT == null || BLOCK % Files.getFileStore(path).getBlockSize() != 0) {
      return null;
    }
    try {
      return FileChannel.open(path, Set.of(access, DIRECT));
    } catch (IOException | UnsupportedOperationException e) {
      // As a tmpfs answers.
      return null;
    }
  }

  // By name: the compiler warns of everything in jdk.unsupported, and no annotation silences it.
  private static @Nullable OpenOption direct() {
    try {
      for (Object option :
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
        if (option instanceof OpenOption open && option.toString().equals("DIRECT")) {
          return open;
        }
      }
    } catch (ClassNotFoundException e) {
      // A Java without it writes through the page cache.
    }
    return null;
  }

  /**
   * Begins after what an earlier attempt has left, which is read for the digest.
   *
   * @param most bytes of the whole blob; a longer file is none of it
   * @return bytes that count
   */
  long resume(MessageDigest sha256, long most) throws IOException {
    long size = cached.size();
    // The last bytes of the blob may be missing, and what follows must begin with a block.
    long kept = size > most ? 0 : size - size % BLOCK;
    cached.truncate(kept);
    for (long at = 0; at < kept; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(CHUNK, kept - at));
      if (cached.read(chunk, at) < 0) {
        throw new IOException("a partial blob became shorter while it was read");
      }
      sha256.update(chunk.flip());
    }
    chunk.clear();
    written = kept;
    return kept;
  }

  /** Adds what has arrived. It is readable only once it is {@link #written}. */
  void append(byte[] bytes, int count) throws IOException {
    for (int done = 0; done < count; ) {
      int part = Math.min(count - done, chunk.remaining());
      chunk.put(bytes, done, part);
      done += part;
      if (!chunk.hasRemaining()) {
        write(direct == null ? cached : direct);
      }
    }
  }

  /** Writes what is less than a chunk; nothing follows it. */
  void finish() throws IOException {
    write(cached);
  }

  private void write(FileChannel file) throws IOException {
    chunk.flip();
    while (chunk.hasRemaining()) {
      written += file.write(chunk, written);
    }
    chunk.clear();
  }

  /** Bytes from the beginning that a reader finds in the file. */
  long written() {
    return written;
  }

  /** Keeps what has arrived and closes the file. */
  @Override
  public void close() throws IOException {
    try (cached;
        direct;
        memory) {
      finish();
    }
  }

  /** Reads a file that grows; of one thread at a time. */
  static final class Reader implements Closeable {
    private static final int PIECE = 1 << 18;

    private final FileChannel file;
    private final Arena memory = Arena.ofShared();
    private final ByteBuffer piece = memory.allocate(PIECE, BLOCK).asByteBuffer().limit(0);
    private long position;

    private Reader(FileChannel file) {
      this.file = file;
    }

    static Reader open(Path path) throws IOException {
      FileChannel direct = openDirect(path, StandardOpenOption.READ);
      return new Reader(direct == null ? FileChannel.open(path, StandardOpenOption.READ) : direct);
    }

    /** Bytes that have been read. */
    long position() {
      return position;
    }

    /**
     * Reads what comes next.
     *
     * @param available bytes from the beginning that are in the file; more than the position, and
     *     whole blocks unless they are all there will be
     */
    int read(byte[] target, int offset, int length, long available) throws IOException {
      if (!piece.hasRemaining()) {
        long blocks = (available - position + BLOCK - 1) / BLOCK;
        piece.clear().limit((int) Math.min(PIECE, blocks * BLOCK));
        file.read(piece, position);
        piece.flip().limit((int) Math.min(piece.limit(), available - position));
      }
      int count = Math.min(length, piece.remaining());
      piece.get(target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void close() throws IOException {
      try (file;
          memory) {
        piece.limit(0);
      }
    }
  }
}
