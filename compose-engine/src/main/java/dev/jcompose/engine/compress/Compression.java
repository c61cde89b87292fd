package dev.jcompose.engine.compress;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/** How an archive is compressed. The first bytes decide; names and media types may lie. */
public enum Compression {
  /** Not at all. */
  NONE,
  /** RFC 1952, one member or several. */
  GZIP,
  /** RFC 8878, one frame or several. */
  ZSTD,
  /** What bzip2 writes, one stream or several. */
  BZIP2,
  /** The .xz file format 1.2, one stream or several. */
  XZ;

  /** How many first bytes {@link #of} looks at. */
  public static final int MAGIC = 6;

  private static final int GZIP_MAGIC = 3;
  private static final int ZSTD_MAGIC = 4;
  private static final byte[] BZIP2_FILE = "BZh".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] XZ_FILE = "\u00fd7zXZ\0".getBytes(StandardCharsets.ISO_8859_1);

  /** KiB; {@code xz -9}, which needs most, wants 65 MiB. */
  private static final int XZ_MEMORY = 72 << 10;

  private static final int SKIPPABLE_ZSTD_FRAME = 0x184D2A50;
  private static final int ZSTD_FRAME = 0xFD2FB528;

  /**
   * Tells the compression of content that begins so.
   *
   * @param start the first {@link #MAGIC} bytes, or all there are
   */
  public static Compression of(byte[] start) {
    if (start.length >= GZIP_MAGIC && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
      return GZIP;
    }
    if (startsWith(start, XZ_FILE)) {
      return XZ;
    }
    if (startsWith(start, BZIP2_FILE) && start.length > BZIP2_FILE.length) {
      return BZIP2;
    }
    if (start.length >= ZSTD_MAGIC) {
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

  private static boolean startsWith(byte[] start, byte[] magic) {
    return start.length >= magic.length
        && Arrays.equals(start, 0, magic.length, magic, 0, magic.length);
  }

  /**
   * The content of a stream without its compression, whatever that is. Reading it fails when it
   * grows as no content does but an attacker's; see {@link ExpansionLimit}. Closing it closes the
   * stream.
   *
   * @throws IOException when the stream fails, or begins as compressed data do and is none
   */
  public static InputStream expand(InputStream in) throws IOException {
    PushbackInputStream content = new PushbackInputStream(in, MAGIC);
    byte[] start = content.readNBytes(MAGIC);
    content.unread(start);
    Compression compression = of(start);
    return compression == NONE
        ? content
        : ExpansionLimit.limited(content, compression::decompressor);
  }

  InputStream decompressor(InputStream content) throws IOException {
    return switch (this) {
      case NONE -> content;
      case GZIP -> new GunzipStream(content);
      case ZSTD -> new ZstdInputStreamNoFinalizer(content).setContinuous(false);
      case BZIP2 -> new BZip2CompressorInputStream(content, true);
      case XZ -> new XZInputStream(content, XZ_MEMORY);
    };
  }
}
