package dev.jcompose.engine.image.layer;

import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.linux.files.FileFacts;
import dev.jcompose.engine.linux.files.FileName;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Archives a layer's directory: members in the order of their names' bytes, parents first, the top
 * directory itself left out, overlayfs' marks turned into those of archives. Two directories with
 * equal content give equal bytes.
 */
public final class LayerArchive {
  private static final String OPAQUE_ATTRIBUTE = "trusted.overlay.opaque";

  private final FileCalls calls;
  private final TarWriter writer;
  private final Map<Long, String> firstNames = new HashMap<>();

  private final Predicate<String> omitted;
  private long size;

  private LayerArchive(FileCalls calls, TarWriter writer, Predicate<String> omitted) {
    this.calls = calls;
    this.writer = writer;
    this.omitted = omitted;
  }

  /**
   * Writes the whole archive of the directory and closes the stream.
   *
   * @return bytes of all regular files, each counted once
   */
  public static long write(FileCalls calls, Path directory, OutputStream out) throws IOException {
    return write(calls, directory, path -> false, out);
  }

  /**
   * Writes the archive of a part of the directory and closes the stream.
   *
   * @param omitted paths below the directory that are left out with all that is in them
   * @return bytes of all regular files, each counted once
   */
  public static long write(
      FileCalls calls, Path directory, Predicate<String> omitted, OutputStream out)
      throws IOException {
    int top = calls.openDirectory(directory);
    try (TarWriter writer = new TarWriter(out)) {
      LayerArchive archive = new LayerArchive(calls, writer, omitted);
      archive.children(top, "");
      return archive.size;
    } finally {
      calls.close(top);
    }
  }

  private void children(int directory, String prefix) throws IOException {
    List<byte[]> names = new ArrayList<>();
    for (String name : calls.names(directory)) {
      names.add(FileName.encode(name));
    }
    names.sort(Arrays::compareUnsigned);
    for (byte[] bytes : names) {
      String name = FileName.decode(bytes);
      FileFacts facts = calls.facts(directory, name);
      if (facts != null && !omitted.test(prefix + name)) {
        member(directory, name, prefix + name, facts);
      }
    }
  }

  private void member(int directory, String name, String path, FileFacts facts) throws IOException {
    switch (facts.type()) {
      case 0040000 -> directory(directory, name, path, facts);
      case 0120000 ->
          write(
              directory,
              name,
              path,
              TarEntry.Type.SYMLINK,
              facts,
              calls.readSymlink(directory, name));
      case 0100000 -> file(directory, name, path, facts);
      case 0020000 -> {
        if (Whiteouts.isWhiteout(facts)) {
          String prefix = path.substring(0, path.length() - name.length());
          writer.write(TarEntry.file(prefix + Whiteouts.PREFIX + name, 0, 0, 0));
        } else {
          write(directory, name, path, TarEntry.Type.CHARACTER_DEVICE, facts, "");
        }
      }
      case 0060000 -> write(directory, name, path, TarEntry.Type.BLOCK_DEVICE, facts, "");
      case 0010000 -> write(directory, name, path, TarEntry.Type.FIFO, facts, "");
      default -> {
        // A socket: it means nothing outside the process that bound it.
      }
    }
  }

  private void directory(int parent, String name, String path, FileFacts facts) throws IOException {
    write(parent, name, path + "/", TarEntry.Type.DIRECTORY, facts, "");
    byte[] opaque = calls.attributes(parent, name).get(OPAQUE_ATTRIBUTE);
    if (opaque != null && Arrays.equals(opaque, new byte[] {'y'})) {
      writer.write(TarEntry.file(path + "/" + Whiteouts.OPAQUE, 0, 0, 0));
    }
    int inside = calls.openDirectory(parent, name);
    try {
      children(inside, path + "/");
    } finally {
      calls.close(inside);
    }
  }

  private void file(int directory, String name, String path, FileFacts facts) throws IOException {
    String first = facts.links() > 1 ? firstNames.putIfAbsent(facts.inode(), path) : null;
    if (first != null) {
      write(directory, name, path, TarEntry.Type.HARD_LINK, facts, first);
      return;
    }
    size += facts.size();
    int descriptor = calls.openFile(directory, name);
    try (InputStream content = new FileInputStream("/proc/self/fd/" + descriptor)) {
      writer.write(
          entry(directory, name, path, TarEntry.Type.FILE, facts, facts.size(), ""), content);
    } finally {
      calls.close(descriptor);
    }
  }

  private void write(
      int directory, String name, String path, TarEntry.Type type, FileFacts facts, String link)
      throws IOException {
    writer.write(entry(directory, name, path, type, facts, 0, link));
  }

  private TarEntry entry(
      int directory,
      String name,
      String path,
      TarEntry.Type type,
      FileFacts facts,
      long size,
      String link) {
    boolean isDevice = type == TarEntry.Type.CHARACTER_DEVICE || type == TarEntry.Type.BLOCK_DEVICE;
    Map<String, byte[]> attributes = new TreeMap<>(calls.attributes(directory, name));
    attributes.keySet().removeIf(attribute -> !Attributes.areTaken(attribute));
    return new TarEntry(
        path,
        type,
        facts.permissions(),
        facts.uid(),
        facts.gid(),
        size,
        Math.max(0, facts.mtime()),
        link,
        isDevice ? facts.nodeMajor() : 0,
        isDevice ? facts.nodeMinor() : 0,
        type == TarEntry.Type.HARD_LINK ? Map.of() : attributes);
  }
}
