package dev.jcompose.engine.tar;

import dev.jcompose.engine.compress.ReadAhead;
import dev.jcompose.engine.linux.files.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads archives: v7, POSIX with extended headers, and GNU with long names, large numbers and
 * holes. Global extended headers, volume labels and what only backups need are skipped.
 */
public final class TarReader {
  private static final int LARGEST_EXTENSION = 1 << 20;
  private static final int PIECE = 1 << 17;

  /** Takes a member's content. */
  @FunctionalInterface
  public interface Pieces {
    /**
     * Takes what comes next.
     *
     * @param direct at least one byte outside the heap, valid until this returns
     */
    void take(ByteBuffer direct) throws IOException;
  }

  private final InputStream in;
  private final byte[] passed = new byte[1 << 16];
  private long offset;
  private long storedLeft;
  private long padding;
  private InputStream content = InputStream.nullInputStream();
  private @Nullable ByteBuffer copy;

  /** Reads from this stream, which should be buffered or decompressed in large pieces. */
  public TarReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next member; null after the last one. What is left of the content before is skipped.
   *
   * @throws MalformedTarException when the bytes are no archive
   */
  public @Nullable TarEntry next() throws IOException {
    String longName = null;
    String longLink = null;
    PaxRecords pax = PaxRecords.NONE;
    while (true) {
      skipContent();
      TarHeader header = header();
      if (header == null) {
        return null;
      }
      try {
        switch (header.flag()) {
          case 'L' -> longName = extensionText(header);
          case 'K' -> longLink = extensionText(header);
          case 'x' -> pax = PaxRecords.parse(extension(header));
          case 'g', 'V', 'D', 'M', 'N', 'X', 'I' -> begin(header.size());
          default -> {
            return entry(header, pax, longName, longLink);
          }
        }
      } catch (IllegalArgumentException e) {
        throw new MalformedTarException(offset, String.valueOf(e.getMessage()));
      }
    }
  }

  /** The content of the current member; it ends with the member. */
  public InputStream content() {
    return content;
  }

  /** Hands over what is left of the current member's content, copied only where it must be. */
  public void content(Pieces pieces) throws IOException {
    if (in instanceof ReadAhead ahead && content instanceof Stored) {
      while (storedLeft > 0) {
        ByteBuffer piece = ahead.lend((int) Math.min(PIECE, storedLeft));
        if (piece == null) {
          throw new MalformedTarException(offset, "it ends inside a file");
        }
        storedLeft -= piece.remaining();
        offset += piece.remaining();
        pieces.take(piece);
      }
      return;
    }
    ByteBuffer direct = copy == null ? ByteBuffer.allocateDirect(passed.length) : copy;
    copy = direct;
    for (int count = content.read(passed); count >= 0; count = content.read(passed)) {
      pieces.take(direct.clear().put(passed, 0, count).flip());
    }
  }

  /** Reads what follows the last member, so that a digest covers the whole stream. */
  public void drain() throws IOException {
    int count = 0;
    while (count >= 0) {
      count = in.read(passed);
    }
  }

  private TarEntry entry(
      TarHeader header, PaxRecords pax, @Nullable String longName, @Nullable String longLink)
      throws IOException {
    String name = Objects.requireNonNullElse(longName, header.name());
    name = Objects.requireNonNullElse(pax.text("path"), name);
    String link = Objects.requireNonNullElse(longLink, header.linkName());
    link = Objects.requireNonNullElse(pax.text("linkpath"), link);
    TarEntry.Type type = type(header.flag(), name);
    long size = pax.number("size", header.size());
    if (size < 0) {
      throw new IllegalArgumentException(name + " has a negative size");
    }
    // Only regular files have content, whatever an archiver wrote into the others' size.
    begin(type == TarEntry.Type.FILE ? size : 0);
    if (type == TarEntry.Type.FILE) {
      SparseMap holes =
          header.flag() == 'S'
              ? SparseMap.old(header, counted())
              : SparseMap.extended(pax, content);
      if (holes != null) {
        name = Objects.requireNonNullElse(SparseMap.name(pax), name);
        size = holes.size();
        content = holes.expand(content);
      }
    }
    if (name.indexOf('\0') >= 0 || link.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name with a NUL byte");
    }
    return new TarEntry(
        name,
        type,
        header.mode() & 07777,
        pax.number("uid", header.uid()),
        pax.number("gid", header.gid()),
        type == TarEntry.Type.FILE ? size : 0,
        Math.max(0, pax.number("mtime", header.mtime())),
        type == TarEntry.Type.SYMLINK || type == TarEntry.Type.HARD_LINK ? link : "",
        header.deviceMajor(),
        header.deviceMinor(),
        pax.attributes());
  }

  private static TarEntry.Type type(char flag, String name) {
    return switch (flag) {
      // Before POSIX a directory was a file whose name ends in a slash.
      case '0', '\0' -> name.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
      case '7', 'S' -> TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMLINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      default -> throw new IllegalArgumentException(name + " has the unknown type '" + flag + "'");
    };
  }

  private @Nullable TarHeader header() throws IOException {
    byte[] block = in.readNBytes(TarHeader.SIZE);
    if (block.length == 0) {
      return null;
    }
    if (block.length < TarHeader.SIZE) {
      throw new MalformedTarException(offset, "it ends inside a header");
    }
    TarHeader header = new TarHeader(block);
    if (header.isEmpty()) {
      return null;
    }
    boolean right;
    try {
      right = header.hasRightChecksum();
    } catch (NumberFormatException e) {
      right = false;
    }
    if (!right) {
      throw new MalformedTarException(offset, "the header's checksum is wrong");
    }
    offset += TarHeader.SIZE;
    return header;
  }

  private void begin(long size) {
    storedLeft = size;
    padding = (TarHeader.SIZE - size % TarHeader.SIZE) % TarHeader.SIZE;
    content = new Stored();
  }

  private void skipContent() throws IOException {
    // Read, not skipped: a stream that hashes its bytes would miss those that are skipped.
    long rest = storedLeft + padding;
    while (rest > 0) {
      int count = in.read(passed, 0, (int) Math.min(passed.length, rest));
      if (count < 0) {
        throw new MalformedTarException(offset, "it ends inside a file");
      }
      rest -= count;
      offset += count;
    }
    storedLeft = 0;
    padding = 0;
  }

  private byte[] extension(TarHeader header) throws IOException {
    if (header.size() < 0 || header.size() > LARGEST_EXTENSION) {
      throw new IllegalArgumentException("an extended header of " + header.size() + " bytes");
    }
    begin(header.size());
    return content.readAllBytes();
  }

  private String extensionText(TarHeader header) throws IOException {
    byte[] bytes = extension(header);
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return FileName.decode(bytes, 0, end);
  }

  /** Blocks that follow a header and are no content. */
  private InputStream counted() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int b = in.read();
        offset += b < 0 ? 0 : 1;
        return b;
      }

      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int count = in.read(buffer, from, length);
        offset += Math.max(0, count);
        return count;
      }
    };
  }

  /** The stored bytes of the current member. */
  private final class Stored extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
      if (storedLeft == 0) {
        return -1;
      }
      int count = in.read(buffer, from, (int) Math.min(length, storedLeft));
      if (count < 0) {
        throw new MalformedTarException(offset, "it ends inside a file");
      }
      storedLeft -= count;
      offset += count;
      return count;
    }
  }
}
