package dev.jcompose.engine.image.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the dynamic linker reads from a 64-bit little-endian ELF file (System V gABI, "Dynamic
 * Linking").
 *
 * @param machine {@code e_machine}: 62 for x86-64, 183 for AArch64
 * @param interpreter path of the dynamic linker; null for libraries and static programs
 * @param needed names of libraries, in order
 * @param rpath directories of DT_RPATH, unexpanded
 * @param runpath directories of DT_RUNPATH, unexpanded
 */
record ElfFile(
    int machine,
    @Nullable String interpreter,
    List<String> needed,
    List<String> rpath,
    List<String> runpath) {
  private static final int MAGIC = 0x464c457f;
  private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
  private static final int SEGMENT_LOAD = 1;
  private static final int SEGMENT_DYNAMIC = 2;
  private static final int SEGMENT_INTERPRETER = 3;
  private static final long TAG_NEEDED = 1;
  private static final long TAG_STRING_TABLE = 5;
  private static final long TAG_RPATH = 15;
  private static final long TAG_RUNPATH = 29;
  private static final int LARGEST_TABLE = 1 << 20;
  private static final int LONGEST_STRING = 4096;

  ElfFile {
    needed = List.copyOf(needed);
    rpath = List.copyOf(rpath);
    runpath = List.copyOf(runpath);
  }

  /** Reads the file's headers; null when it is no 64-bit little-endian ELF file. */
  static @Nullable ElfFile read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = bytes(channel, 0, 64);
      if (header.limit() < 64
          || header.getInt(0) != MAGIC
          || header.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
        return null;
      }
      return new Reader(channel, header).read();
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    return buffer.flip();
  }

  /** A segment of the file: where its bytes are and at which address they are mapped. */
  private record Segment(int type, long offset, long address, long size) {}

  private static final class Reader {
    private final FileChannel channel;
    private final ByteBuffer header;
    private final List<Segment> segments = new ArrayList<>();

    Reader(FileChannel channel, ByteBuffer header) {
      this.channel = channel;
      this.header = header;
    }

    ElfFile read() throws IOException {
      readSegments();
      List<String> needed = new ArrayList<>();
      List<String> rpath = new ArrayList<>();
      List<String> runpath = new ArrayList<>();
      Segment dynamic = first(SEGMENT_DYNAMIC);
      if (dynamic != null) {
        ByteBuffer entries = bytes(channel, dynamic.offset(), bounded(dynamic.size()));
        long strings = fileOffset(stringTable(entries));
        for (int at = 0; at + 16 <= entries.limit(); at += 16) {
          long tag = entries.getLong(at);
          long value = entries.getLong(at + 8);
          if (tag == TAG_NEEDED) {
            needed.add(string(strings + value));
          } else if (tag == TAG_RPATH) {
            rpath.addAll(directories(string(strings + value)));
          } else if (tag == TAG_RUNPATH) {
            runpath.addAll(directories(string(strings + value)));
          } else if (tag == 0) {
            break;
          }
        }
      }
      Segment interpreter = first(SEGMENT_INTERPRETER);
      return new ElfFile(
          header.getShort(18),
          interpreter == null ? null : string(interpreter.offset()),
          needed,
          rpath,
          runpath);
    }

    private void readSegments() throws IOException {
      long offset = header.getLong(32);
      int entrySize = header.getShort(54) & 0xffff;
      int count = header.getShort(56) & 0xffff;
      ByteBuffer table = bytes(channel, offset, bounded((long) entrySize * count));
      for (int i = 0; i < count && (i + 1) * entrySize <= table.limit() && entrySize >= 56; i++) {
        int at = i * entrySize;
        segments.add(
            new Segment(
                table.getInt(at),
                table.getLong(at + 8),
                table.getLong(at + 16),
                table.getLong(at + 32)));
      }
    }

    private @Nullable Segment first(int type) {
      return segments.stream().filter(segment -> segment.type() == type).findFirst().orElse(null);
    }

    private static long stringTable(ByteBuffer entries) {
      for (int at = 0; at + 16 <= entries.limit(); at += 16) {
        if (entries.getLong(at) == TAG_STRING_TABLE) {
          return entries.getLong(at + 8);
        }
      }
      return 0;
    }

    /** The dynamic section holds addresses; the load segments tell where they are in the file. */
    private long fileOffset(long address) {
      for (Segment segment : segments) {
        if (segment.type() == SEGMENT_LOAD
            && address >= segment.address()
            && address < segment.address() + segment.size()) {
          return address - segment.address() + segment.offset();
        }
      }
      return address;
    }

    private String string(long offset) throws IOException {
      ByteBuffer window = bytes(channel, offset, LONGEST_STRING);
      int end = 0;
      while (end < window.limit() && window.get(end) != 0) {
        end++;
      }
      return StandardCharsets.UTF_8.decode(window.limit(end)).toString();
    }

    private static List<String> directories(String list) {
      return List.of(list.split(":", -1)).stream().filter(entry -> !entry.isEmpty()).toList();
    }

    private static int bounded(long size) throws IOException {
      if (size < 0 || size > LARGEST_TABLE) {
        throw new IOException("an ELF table of " + size + " bytes is not believable");
      }
      return (int) size;
    }
  }
}
