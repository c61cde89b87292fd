package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.image.store.BlobStore;
import dev.jcompose.engine.image.store.BlobWriter;
import dev.jcompose.engine.state.FreeSpace;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an archive of images beside the store's blobs, since they come in any order: a
 * list of the layers may be their last. What nobody commits is deleted when this is closed, or at
 * the next start.
 */
final class Spool implements Members {
  private static final int MOST_MEMBERS = 100_000;
  private static final int MOST_LINKS = 8;

  private final Map<String, BlobWriter> files = new HashMap<>();
  private final Map<String, String> links = new HashMap<>();

  private Spool() {}

  /**
   * Reads a plain archive to its end.
   *
   * @param near a path on the disk that takes the bytes
   */
  static Spool read(BlobStore blobs, Path near, InputStream archive) throws IOException {
    Spool spool = new Spool();
    try {
      FreeSpace disk = new FreeSpace(near, "this archive");
      TarReader tar = new TarReader(archive);
      byte[] buffer = new byte[1 << 17];
      for (TarEntry entry = tar.next(); entry != null; entry = tar.next()) {
        String path = path("", entry.name());
        if (spool.files.size() + spool.links.size() >= MOST_MEMBERS) {
          throw new IOException("it has more than " + MOST_MEMBERS + " members");
        }
        switch (entry.type()) {
          case FILE -> {
            BlobWriter file = blobs.write();
            spool.forget(path);
            spool.files.put(path, file);
            InputStream content = tar.content();
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
              disk.take(n);
              file.write(buffer, 0, n);
            }
            file.finish();
          }
          case SYMLINK -> spool.link(path, path(directory(path), entry.linkName()));
          case HARD_LINK -> spool.link(path, path("", entry.linkName()));
          case DIRECTORY, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> {
            // Nothing of an image.
          }
        }
      }
      tar.drain();
      return spool;
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private void link(String path, String target) throws IOException {
    forget(path);
    links.put(path, target);
  }

  private void forget(String path) throws IOException {
    links.remove(path);
    BlobWriter earlier = files.remove(path);
    if (earlier != null) {
      earlier.close();
    }
  }

  @Override
  public boolean has(String path) {
    return find(path) != null;
  }

  @Override
  public @Nullable BlobWriter find(String path) {
    String name = path("", path);
    for (int i = 0; i < MOST_LINKS && links.containsKey(name); i++) {
      name = links.getOrDefault(name, name);
    }
    return files.get(name);
  }

  /** A path without empty, {@code .} and {@code ..} components; the last cannot climb out. */
  private static String path(String directory, String text) {
    Deque<String> clean = new ArrayDeque<>();
    String whole = text.startsWith("/") ? text : directory + "/" + text;
    for (String part : whole.split("/", -1)) {
      if (part.equals("..")) {
        clean.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        clean.addLast(part);
      }
    }
    return String.join("/", clean);
  }

  private static String directory(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  @Override
  public void close() throws IOException {
    for (BlobWriter file : files.values()) {
      file.close();
    }
  }
}
