package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.store.BlobWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;

/** The files of an archive of images, or of a folder that is laid out like one, by path. */
interface Members extends AutoCloseable {
  /** Bytes of a list or a configuration at the most. */
  int LARGEST_DOCUMENT = 16 << 20;

  /** A member that is got when somebody needs its bytes. */
  @FunctionalInterface
  interface Later {
    BlobWriter get() throws IOException;
  }

  /** Whether there is such a member. */
  boolean has(String path) throws IOException;

  /** A member's content on disk; null when there is no such member. */
  @Nullable BlobWriter find(String path) throws IOException;

  /**
   * A member's content on disk.
   *
   * @throws IOException when there is no such member
   */
  default BlobWriter file(String path) throws IOException {
    BlobWriter file = find(path);
    if (file == null) {
      throw missing(path);
    }
    return file;
  }

  /** Tells that a list names what is not there. */
  static IOException missing(String path) {
    return new IOException("it has no " + path + ", which its list names");
  }

  /** A member's bytes, if it is a small document. */
  default byte[] document(String path) throws IOException {
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
  default @Nullable Object json(String path) throws IOException {
    try {
      return Json.parse(document(path));
    } catch (JsonException e) {
      throw new IOException(path + " is no JSON: " + e.getMessage(), e);
    }
  }

  /** The blob of an OCI layout with this digest, which is checked. */
  default BlobWriter blob(Digest digest) throws IOException {
    String path = OciLayout.blob(digest);
    BlobWriter file = file(path);
    if (!file.finish().equals(digest)) {
      throw new IOException(path + " has other content than its name says; the archive is damaged");
    }
    return file;
  }

  /**
   * The same for large ones that may be known already.
   *
   * @throws IOException at once when there is no such member
   */
  default Later layer(Digest digest) throws IOException {
    BlobWriter blob = blob(digest);
    return () -> blob;
  }

  /** Reads a member. */
  static InputStream open(BlobWriter file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file.path()), 1 << 17);
  }

  @Override
  void close() throws IOException;
}
