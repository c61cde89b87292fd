package dev.jcompose.engine.image.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of libraries that {@code ldconfig} leaves in {@code /etc/ld.so.cache} (glibc, {@code
 * elf/dl-cache.h}, format 1.1, which every glibc since 2.2 writes, alone or behind the older one).
 */
final class LoaderCache {
  static final Path FILE = Path.of("/etc/ld.so.cache");

  private static final String MAGIC = "glibc-ld.so.cache1.1";
  private static final int HEADER = 48;
  private static final int ENTRY = 24;

  private final Map<String, List<Path>> byName;

  private LoaderCache(Map<String, List<Path>> byName) {
    this.byName = byName;
  }

  /** Reads the cache; an absent or unknown one is empty, as the linker treats it. */
  static LoaderCache read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      return new LoaderCache(Map.of());
    }
    byte[] bytes = Files.readAllBytes(file);
    int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAGIC);
    if (start < 0 || bytes.length < start + HEADER) {
      return new LoaderCache(Map.of());
    }
    ByteBuffer cache = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Map<String, List<Path>> byName = new HashMap<>();
    int count = cache.getInt(start + 20);
    for (int i = 0; i < count; i++) {
      int at = start + HEADER + i * ENTRY;
      if (at + ENTRY > bytes.length) {
        break;
      }
      String name = string(bytes, start + cache.getInt(at + 4));
      String path = string(bytes, start + cache.getInt(at + 8));
      // Entries with a hardware requirement are faster twins of a library that runs everywhere.
      if (cache.getLong(at + 16) == 0 && path.startsWith("/")) {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(Path.of(path));
      }
    }
    return new LoaderCache(byName);
  }

  /** Where the library may be; several when it is there for several machines. */
  List<Path> find(String name) {
    return byName.getOrDefault(name, List.of());
  }

  private static String string(byte[] bytes, int offset) {
    int end = offset;
    while (end >= 0 && end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return offset < 0 || offset > end
        ? ""
        : new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }
}
