package dev.jcompose.engine.tar;

import dev.jcompose.engine.linux.files.FileName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes POSIX archives. The same entries give the same bytes on every machine: no user names,
 * whole seconds, and an extended header only where the plain one cannot hold a value.
 */
public final class TarWriter implements AutoCloseable {
  static final int BLOCK = 512;
  private static final long LARGEST_OCTAL_11 = 077777777777L;
  private static final long LARGEST_OCTAL_7 = 07777777L;
  private static final int NAME_FIELD = 100;
  private static final String XATTR_KEY = "SCHILY.xattr.";

  private final OutputStream out;
  private final byte[] buffer = new byte[128 * 1024];

  /** Writes to this stream and closes it with the archive. */
  public TarWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes a member that has no content. */
  public void write(TarEntry entry) throws IOException {
    write(entry, InputStream.nullInputStream());
  }

  /**
   * Writes a member and exactly {@link TarEntry#size()} bytes of content.
   *
   * @throws IOException when the content is shorter than the entry says
   */
  public void write(TarEntry entry, InputStream content) throws IOException {
    begin(entry);
    long left = entry.size();
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new IOException(
            "%s ended %d bytes early; it changed while it was read".formatted(entry.name(), left));
      }
      out.write(buffer, 0, read);
      left -= read;
    }
    end(entry.size());
  }

  /**
   * Begins a member whose content, exactly {@link TarEntry#size()} bytes, the caller writes to the
   * stream itself; {@link #end} follows.
   */
  public void begin(TarEntry entry) throws IOException {
    Map<String, byte[]> extended = extendedValues(entry);
    if (!extended.isEmpty()) {
      byte[] records = paxRecords(extended);
      out.write(header("PaxHeaders/" + entry.name(), 'x', 0644, 0, 0, records.length, 0, "", 0, 0));
      out.write(records);
      end(records.length);
    }
    out.write(
        header(
            entry.name(),
            entry.type().flag,
            entry.mode() & 07777,
            entry.uid(),
            entry.gid(),
            entry.size(),
            Math.max(0, entry.mtime()),
            entry.linkName(),
            entry.deviceMajor(),
            entry.deviceMinor()));
  }

  /** Ends a member that has so many bytes of content. */
  public void end(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  /** Ends the archive with its two empty blocks and leaves the stream open. */
  public void finish() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.flush();
  }

  /** Ends the archive with its two empty blocks and closes the stream. */
  @Override
  public void close() throws IOException {
    finish();
    out.close();
  }

  private static Map<String, byte[]> extendedValues(TarEntry entry) {
    Map<String, byte[]> values = new TreeMap<>();
    if (entry.nameBytes().length > NAME_FIELD || !isAscii(entry.name())) {
      values.put("path", entry.nameBytes());
    }
    if (entry.linkBytes().length > NAME_FIELD || !isAscii(entry.linkName())) {
      values.put("linkpath", entry.linkBytes());
    }
    putIfLarger(values, "size", entry.size(), LARGEST_OCTAL_11);
    putIfLarger(values, "mtime", entry.mtime(), LARGEST_OCTAL_11);
    putIfLarger(values, "uid", entry.uid(), LARGEST_OCTAL_7);
    putIfLarger(values, "gid", entry.gid(), LARGEST_OCTAL_7);
    entry.xattrs().forEach((name, value) -> values.put(XATTR_KEY + name, value));
    return values;
  }

  private static void putIfLarger(
      Map<String, byte[]> values, String key, long value, long largest) {
    if (value > largest) {
      values.put(key, Long.toString(value).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  /** Each record is {@code <its own length> <key>=<value>\n}. */
  private static byte[] paxRecords(Map<String, byte[]> values) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    values.forEach(
        (key, value) -> {
          byte[] name = key.getBytes(StandardCharsets.UTF_8);
          int rest = name.length + value.length + 3;
          int length = rest + Integer.toString(rest).length();
          length = rest + Integer.toString(length).length();
          records.writeBytes((length + " ").getBytes(StandardCharsets.US_ASCII));
          records.writeBytes(name);
          records.write('=');
          records.writeBytes(value);
          records.write('\n');
        });
    return records.toByteArray();
  }

  private static byte[] header(
      String name,
      char type,
      int mode,
      long uid,
      long gid,
      long size,
      long mtime,
      String linkName,
      int major,
      int minor) {
    byte[] block = new byte[BLOCK];
    text(block, 0, NAME_FIELD, name);
    octal(block, 100, 8, mode);
    octal(block, 108, 8, Math.min(uid, LARGEST_OCTAL_7));
    octal(block, 116, 8, Math.min(gid, LARGEST_OCTAL_7));
    octal(block, 124, 12, Math.min(size, LARGEST_OCTAL_11));
    octal(block, 136, 12, Math.min(mtime, LARGEST_OCTAL_11));
    Arrays.fill(block, 148, 156, (byte) ' ');
    block[156] = (byte) type;
    text(block, 157, NAME_FIELD, linkName);
    text(block, 257, 8, "ustar\00000");
    octal(block, 329, 8, major);
    octal(block, 337, 8, minor);
    int sum = 0;
    for (byte b : block) {
      sum += b & 0xff;
    }
    octal(block, 148, 7, sum);
    return block;
  }

  private static void text(byte[] block, int offset, int length, String text) {
    byte[] bytes = FileName.encode(text);
    System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, length));
  }

  /** The last byte of the field stays NUL. */
  private static void octal(byte[] block, int offset, int length, long value) {
    long rest = value;
    for (int i = offset + length - 2; i >= offset; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
  }
}
