package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/** One repository at one endpoint, as one user sees it. Safe from many threads. */
public final class Repository {
  private final Connection connection;
  private final String path;

  /**
   * @param path of the repository below the registry
   */
  public Repository(Connection connection, String path) {
    this.connection = connection;
    this.path = path;
  }

  /** How it is reached. */
  public Connection connection() {
    return connection;
  }

  /** Its path below the registry. */
  public String path() {
    return path;
  }

  /**
   * What a tag or digest stands for now; empty when the registry does not say without sending it.
   */
  public Optional<Descriptor> look(Reference reference)
      throws ImageException, InterruptedException {
    return connection.send(new ManifestHead(path, name(reference), reference.familiar()));
  }

  /**
   * The manifest or index a tag or digest stands for.
   *
   * @param subject what the user asked for
   */
  public Document manifest(Reference reference, String subject)
      throws ImageException, InterruptedException {
    return connection.send(new ManifestGet(path, name(reference), subject));
  }

  /** A blob's bytes from some byte on; see {@link BlobBody#offset} for what really came. */
  public BlobBody blob(Digest digest, long offset) throws ImageException, InterruptedException {
    return connection.send(new BlobGet(path, digest, offset));
  }

  /** Whether the blob is there. */
  public boolean has(Digest digest) throws ImageException, InterruptedException {
    return connection.send(new BlobHead(path, digest));
  }

  /**
   * Has the registry take a blob over from another repository of its own.
   *
   * @return empty when it did; else an upload it has begun instead
   */
  public Optional<URI> mount(Digest digest, String from)
      throws ImageException, InterruptedException {
    return connection.send(new UploadStart(path, digest, from));
  }

  /** Begins an upload and tells where the blob is to be sent. */
  public URI beginUpload() throws ImageException, InterruptedException {
    return connection
        .send(new UploadStart(path))
        .orElseThrow(() -> new IllegalStateException("a mount nobody asked for"));
  }

  /**
   * Sends a whole blob.
   *
   * @param upload where, as {@link #beginUpload} or {@link #mount} said; good for one attempt
   * @param sent is told how many bytes have gone
   */
  public void upload(URI upload, Digest digest, Path file, LongConsumer sent)
      throws ImageException, InterruptedException {
    connection.send(new BlobPut(upload, digest, file, path, sent));
  }

  /** Gives a manifest a name. */
  public void putManifest(String tag, Document manifest)
      throws ImageException, InterruptedException {
    connection.send(new ManifestPut(path, tag, manifest));
  }

  /** Fetches a small blob and checks it. */
  public byte[] document(Descriptor wanted) throws ImageException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try (BlobBody body = blob(wanted.digest(), 0)) {
        byte[] bytes = body.stream().readNBytes(Math.toIntExact(wanted.size() + 1));
        if (Digest.of(bytes).equals(wanted.digest())) {
          return bytes;
        }
        throw new IOException("it came with the digest " + Digest.of(bytes));
      } catch (IOException e) {
        if (attempt >= connection.attempts()) {
          throw new RegistryException(
              "blob %s of %s could not be fetched from %s: %s; try again later"
                  .formatted(
                      wanted.digest(), path, connection.endpoint().authority(), e.getMessage()),
              e);
        }
        connection.pause().before(attempt);
      }
    }
  }

  private static String name(Reference reference) {
    Digest digest = reference.digest();
    String tag = reference.tag();
    return digest != null ? digest.toString() : tag == null ? "latest" : tag;
  }
}
