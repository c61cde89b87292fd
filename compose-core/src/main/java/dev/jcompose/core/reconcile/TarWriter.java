package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.InjectedFile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Packs files into a tar archive (POSIX ustar, long names as GNU tar writes them). */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TarWriter() {}

  /** An archive to be unpacked at the root directory. */
  static byte[] of(List<InjectedFile> files) {
    TarWriter writer = new TarWriter();
    for (InjectedFile file : files) {
      writer.add(file);
    }
    writer.out.writeBytes(new byte[2 * BLOCK]);
    return writer.out.toByteArray();
  }

  private void add(InjectedFile file) {
    byte[] name = bytes(file.target().substring(file.target().startsWith("/") ? 1 : 0));
    byte[] content = bytes(file.content());
    if (name.length > NAME) {
      header(bytes("././@LongLink"), 0, 0, 0, name.length + 1, 'L');
      body(Arrays.copyOf(name, name.length + 1));
    }
    header(name, file.mode(), file.userId(), file.groupId(), content.length, '0');
    body(content);
  }

  private void header(byte[] name, int mode, int userId, int groupId, int size, char type) {
    byte[] header = new byte[BLOCK];
    System.arraycopy(name, 0, header, 0, Math.min(NAME, name.length));
    octal(header, 100, 8, mode);
    octal(header, 108, 8, userId);
    octal(header, 116, 8, groupId);
    octal(header, 124, 12, size);
    // The time stays 0: the same content makes the same archive.
    octal(header, 136, 12, 0);
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) type;
    System.arraycopy(bytes("ustar\00000"), 0, header, 257, 8);
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    octal(header, 148, 7, sum);
    out.writeBytes(header);
  }

  private void body(byte[] content) {
    out.writeBytes(content);
    int rest = content.length % BLOCK;
    if (rest > 0) {
      out.writeBytes(new byte[BLOCK - rest]);
    }
  }

  private static void octal(byte[] header, int at, int length, long value) {
    String digits = Long.toOctalString(value);
    String text = "0".repeat(Math.max(0, length - 1 - digits.length())) + digits;
    System.arraycopy(bytes(text), 0, header, at, text.length());
    header[at + length - 1] = 0;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
