package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.store.BlobStore;
import dev.jcompose.engine.image.store.BlobWriter;
import dev.jcompose.engine.state.FreeSpace;
import dev.jcompose.engine.tar.TarEntry;
import dev.jcompose.engine.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of an archive of images beside the store's blobs, since they come in any order: a
 * list of the layers may be their last. What nobody commits is deleted when this is closed, or at
 * the next start.
 */
final class Spool implements AutoCloseable {
  private static final int MOST_MEMBERS = 100_000;
  private static final int LARGEST_DOCUMENT = 16 << 20;
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

  /** Whether there is such a member. */
  boolean has(String path) {
    return find(path) != null;
  }

  /**
   * A member's content on disk.
   *
   * @throws IOException when there is no such member
   */
  BlobWriter file(String path) throws IOException {
    return Optional.ofNullable(find(path))
        .orElseThrow(() -> new IOException("it has no " + path + ", which its list names"));
  }

  private @Nullable BlobWriter find(String path) {
    String name = path("", path);
    for (int i = 0; i < MOST_LINKS && links.containsKey(name); i++) {
      name = links.getOrDefault(name, name);
    }
    return files.get(name);
  }

  /** A member's bytes, if it is a small document. */
  byte[] document(String path) throws IOException {
    return document(file(path));
  }

  /** A member's bytes, if it is a small document. */
  static byte[] document(BlobWriter file) throws IOException {
    if (file.size() > LARGEST_DOCUMENT) {
      throw new IOException("a document of " + file.size() + " bytes is none");
    }
    return Files.readAllBytes(file.path());
  }

  /** A member as JSON. */
  @Nullable Object json(String path) throws IOException {
    try {
      return Json.parse(document(path));
    } catch (JsonException e) {
      throw new IOException(path + " is no JSON: " + e.getMessage(), e);
    }
  }

  /** The blob of an OCI layout with this digest, which is checked. */
  BlobWriter blob(Digest digest) throws IOException {
    String path = OciLayout.blob(digest);
    BlobWriter file = file(path);
    if (!file.finish().equals(digest)) {
      throw new IOException(path + " has other content than its name says; the archive is damaged");
    }
    return file;
  }

  /** Reads a member. */
  static InputStream open(BlobWriter file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file.path()), 1 << 17);
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
