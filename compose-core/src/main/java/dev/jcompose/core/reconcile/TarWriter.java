package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.InjectedFile;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.EngineException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Packs files into a tar archive (POSIX ustar, long names as GNU tar writes them). */
final class TarWriter {
  private static final int BLOCK = 512;
  private static final int NAME = 100;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TarWriter() {}

  /**
   * An archive to be unpacked at the root directory.
   *
   * @throws EngineException when a file of this machine cannot be read
   */
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
    byte[] content = content(file.source());
    if (name.length > NAME) {
      header(bytes("././@LongLink"), 0, 0, 0, name.length + 1, 'L');
      body(Arrays.copyOf(name, name.length + 1));
    }
    header(name, file.mode(), file.userId(), file.groupId(), content.length, '0');
    body(content);
  }

  private static byte[] content(InjectedFile.Source source) {
    return switch (source) {
      case InjectedFile.Text(String text) -> bytes(text);
      case InjectedFile.HostFile(String path, _) -> {
        try {
          yield Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException missing) {
          throw new EngineException(Reason.INVALID, path + " is not there", missing);
        } catch (IOException unreadable) {
          throw new EngineException(
              Reason.INVALID,
              Files.isDirectory(Path.of(path))
                  ? path + " is a folder; uid, gid and mode can be given for a file only"
                  : "cannot read " + path + ": " + unreadable.getMessage(),
              unreadable);
        }
      }
    };
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
