package dev.jcompose.engine.build.fetch;

import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.image.layer.LayerUnpacker;
import dev.jcompose.engine.linux.files.FileCalls;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tar archives, plain or compressed. What is one is decided by content and not by name. */
public final class Archives {
  static final int BLOCK = 512;
  private static final int BUFFER = 1 << 16;

  private Archives() {}

  /** Whether a file is an archive that can be unpacked. */
  public static boolean isArchive(Path file) {
    try (InputStream in = open(file)) {
      return isHeader(in.readNBytes(BLOCK));
    } catch (IOException e) {
      // Compressed by its first bytes and then not: a file like any other.
      return false;
    }
  }

  /** Unpacks an archive into an empty directory. */
  public static void unpack(FileCalls calls, Path file, Path target) throws IOException {
    try (InputStream in = open(file)) {
      LayerUnpacker.unpack(calls, in, target);
    }
  }

  /** Unpacks an archive as it comes. */
  public static void unpack(FileCalls calls, InputStream archive, Path target) throws IOException {
    LayerUnpacker.unpack(
        calls, Compression.expand(new BufferedInputStream(archive, BUFFER)), target);
  }

  private static InputStream open(Path file) throws IOException {
    return Compression.expand(new BufferedInputStream(Files.newInputStream(file), BUFFER));
  }

  /** The sum over a header's bytes, its own field taken as blanks, is written in it. */
  static boolean isHeader(byte[] block) {
    if (block.length < BLOCK) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    String written =
        new String(block, 148, 8, StandardCharsets.ISO_8859_1).replace('\0', ' ').strip();
    try {
      return !written.isEmpty() && Integer.parseInt(written, 8) == sum;
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
