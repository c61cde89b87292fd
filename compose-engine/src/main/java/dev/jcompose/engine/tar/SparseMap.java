package dev.jcompose.engine.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the stored bytes of a file with holes belong: GNU's old format and its three in POSIX
 * archives (tar manual, "Storing Sparse Files").
 *
 * @param pieces stored pieces in order, not overlapping
 * @param size of the whole file
 */
record SparseMap(List<Piece> pieces, long size) {
  private static final int MOST_PIECES = 1 << 20;

  /** Bytes that are stored. */
  record Piece(long offset, long length) {}

  SparseMap {
    pieces = List.copyOf(pieces);
    long end = 0;
    for (Piece piece : pieces) {
      if (piece.offset() < end || piece.length() < 0 || piece.length() > size - piece.offset()) {
        throw new IllegalArgumentException("a map of holes that makes no sense");
      }
      end = piece.offset() + piece.length();
    }
  }

  /** Old GNU: four pieces in the header, more in blocks that follow. */
  static SparseMap old(TarHeader header, InputStream following) throws IOException {
    List<Piece> pieces = new ArrayList<>();
    addOld(pieces, header.block(), 386, 4);
    boolean more = header.block()[482] != 0;
    while (more) {
      byte[] block = following.readNBytes(TarHeader.SIZE);
      if (block.length < TarHeader.SIZE || pieces.size() > MOST_PIECES) {
        throw new IllegalArgumentException("a map of holes without an end");
      }
      addOld(pieces, block, 0, 21);
      more = block[504] != 0;
    }
    return new SparseMap(pieces, header.number(483, 12));
  }

  private static void addOld(List<Piece> pieces, byte[] block, int offset, int count) {
    for (int i = 0; i < count; i++) {
      int at = offset + i * 24;
      if (block[at] == 0 && block[at + 12] == 0) {
        return;
      }
      pieces.add(new Piece(TarHeader.number(block, at, 12), TarHeader.number(block, at + 12, 12)));
    }
  }

  /**
   * The formats of extended headers; null when they hold none. Version 1.0 has its map, in decimal
   * lines padded to a block, before the stored bytes.
   */
  static @Nullable SparseMap extended(PaxRecords pax, InputStream content) throws IOException {
    if ("1".equals(pax.text("GNU.sparse.major"))) {
      Lines lines = new Lines(content);
      long count = lines.number();
      if (count < 0 || count > MOST_PIECES) {
        throw new IllegalArgumentException("a map of too many holes");
      }
      List<Piece> pieces = new ArrayList<>();
      for (long i = 0; i < count; i++) {
        pieces.add(new Piece(lines.number(), lines.number()));
      }
      lines.skipPadding();
      return new SparseMap(pieces, pax.number("GNU.sparse.realsize", 0));
    }
    String map = pax.text("GNU.sparse.map");
    if (map != null) {
      String[] numbers = map.split(",", -1);
      List<Piece> pieces = new ArrayList<>();
      for (int i = 0; i + 1 < numbers.length; i += 2) {
        pieces.add(new Piece(Long.parseLong(numbers[i]), Long.parseLong(numbers[i + 1])));
      }
      return new SparseMap(pieces, pax.number("GNU.sparse.size", 0));
    }
    if (pax.text("GNU.sparse.size") != null) {
      throw new IllegalArgumentException(
          "a file with holes in GNU's sparse format 0.0, which is not read");
    }
    return null;
  }

  /** Decimal lines at the beginning of a member's content. */
  private static final class Lines {
    private final InputStream in;
    private long read;

    Lines(InputStream in) {
      this.in = in;
    }

    long number() throws IOException {
      StringBuilder digits = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < '0' || c > '9' || digits.length() > 18) {
          throw new IllegalArgumentException("a map of holes that is no list of numbers");
        }
        digits.append((char) c);
        read++;
      }
      read++;
      return Long.parseLong(digits.toString());
    }

    void skipPadding() throws IOException {
      in.skipNBytes((TarHeader.SIZE - read % TarHeader.SIZE) % TarHeader.SIZE);
    }
  }

  /** The whole file: stored pieces from the archive, zeros between them. */
  InputStream expand(InputStream stored) {
    return new Expanded(stored);
  }

  private final class Expanded extends InputStream {
    private final InputStream stored;
    private long position;
    private int next;

    Expanded(InputStream stored) {
      this.stored = stored;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (next < pieces.size()
          && position >= pieces.get(next).offset() + pieces.get(next).length()) {
        next++;
      }
      if (position >= size) {
        return -1;
      }
      Piece piece = next < pieces.size() ? pieces.get(next) : new Piece(size, 0);
      if (position < piece.offset()) {
        int zeros = (int) Math.min(length, piece.offset() - position);
        java.util.Arrays.fill(buffer, offset, offset + zeros, (byte) 0);
        position += zeros;
        return zeros;
      }
      long left = piece.offset() + piece.length() - position;
      int count = stored.read(buffer, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new IOException("the archive ends inside a file with holes");
      }
      position += count;
      return count;
    }
  }

  /** The text the format's name for a file is in; the header's own name is a made-up one. */
  static @Nullable String name(PaxRecords pax) {
    byte[] name = pax.values().get("GNU.sparse.name");
    return name == null ? null : new String(name, StandardCharsets.UTF_8);
  }
}
