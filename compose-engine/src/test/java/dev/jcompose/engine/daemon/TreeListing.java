package dev.jcompose.engine.daemon;

import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an archive of a container's files holds: a line for each path, times left out. */
final class TreeListing {
  /** What engines put into every container. */
  private static final List<String> OWN =
      List.of(
          ".dockerenv",
          "dev",
          "proc",
          "sys",
          "etc/hosts",
          "etc/hostname",
          "etc/resolv.conf",
          "etc/mtab");

  private TreeListing() {}

  static SortedMap<String, String> of(InputStream tar) throws IOException {
    SortedMap<String, String> lines = new TreeMap<>();
    SortedMap<String, String> links = new TreeMap<>();
    TarReader reader = new TarReader(tar);
    for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
      String path = clean(entry.name());
      if (path.isEmpty() || isOwn(path)) {
        continue;
      }
      if (entry.type() == TarEntry.Type.HARD_LINK) {
        links.put(path, clean(entry.linkName()));
      } else {
        lines.put(path, line(entry, reader));
      }
    }
    // Which of the names is the file and which are the links depends on the order of the archive.
    links.forEach((path, target) -> lines.put(path, lines.getOrDefault(target, "link to nothing")));
    return lines;
  }

  private static String line(TarEntry entry, TarReader reader) throws IOException {
    String line = "%s %o %d:%d".formatted(entry.type(), entry.mode(), entry.uid(), entry.gid());
    return switch (entry.type()) {
      case FILE -> line + " " + sha256(reader.content());
      case SYMLINK -> line + " " + entry.linkName();
      case CHARACTER_DEVICE, BLOCK_DEVICE ->
          line + " " + entry.deviceMajor() + "," + entry.deviceMinor();
      case HARD_LINK, DIRECTORY, FIFO -> line;
    };
  }

  private static String sha256(InputStream content) throws IOException {
    try {
      MessageDigest sum = MessageDigest.getInstance("SHA-256");
      sum.update(content.readAllBytes());
      return HexFormat.of().formatHex(sum.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String clean(String name) {
    String path = name.startsWith("./") ? name.substring(2) : name;
    path = path.startsWith("/") ? path.substring(1) : path;
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static boolean isOwn(String path) {
    return OWN.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
  }
}
