package dev.jcompose.engine.compress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/** How an archive is compressed. The first bytes decide; names and media types may lie. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** RFC 1952, one member or several. */
  GZIP,
  /** RFC 8878, one frame or several. */
  ZSTD;

  /** How many first bytes {@link #of} looks at. */
  public static final int MAGIC = 4;

  private static final int SKIPPABLE_ZSTD_FRAME = 0x184D2A50;
  private static final int ZSTD_FRAME = 0xFD2FB528;

  /**
   * Tells the compression of content that begins so.
   *
   * @param start the first {@link #MAGIC} bytes, or all there are
   */
  public static Compression of(byte[] start) {
    if (start.length >= 3 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
      return GZIP;
    }
    if (start.length >= MAGIC) {
      int magic =
          (start[0] & 0xff)
              | (start[1] & 0xff) << 8
              | (start[2] & 0xff) << 16
              | (start[3] & 0xff) << 24;
      if (magic == ZSTD_FRAME || (magic & 0xFFFFFFF0) == SKIPPABLE_ZSTD_FRAME) {
        return ZSTD;
      }
    }
    return NONE;
  }

  /**
   * The content of a stream without its compression, whatever that is. Closing it closes the
   * stream.
   */
  public static InputStream expand(InputStream in) throws IOException {
    PushbackInputStream content = new PushbackInputStream(in, MAGIC);
    byte[] start = content.readNBytes(MAGIC);
    content.unread(start);
    return switch (of(start)) {
      case NONE -> content;
      case GZIP -> new GunzipStream(content);
      case ZSTD -> new ZstdInputStreamNoFinalizer(content).setContinuous(false);
    };
  }
}
