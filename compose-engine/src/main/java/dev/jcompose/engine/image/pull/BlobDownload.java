package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.CrashPoint;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.store.BlobStore;
import dev.jcompose.engine.image.transfer.SharedTask;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.image.transfer.TransferEvent.Phase;
import dev.jcompose.engine.registry.Sources;
import dev.jcompose.engine.registry.call.BlobBody;
import dev.jcompose.engine.registry.call.Connection;
import dev.jcompose.engine.registry.call.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one blob into the store. It goes on where an earlier attempt, or an earlier engine, broke
 * off. Others may read what has arrived so far while more arrives; whether it is the right blob is
 * known only at the end.
 */
final class BlobDownload extends SharedTask<TransferEvent, Digest> {
  private static final int BUFFER = 1 << 17;
  private static final long TELL_EVERY = 1 << 20;
  private static final long PROGRESS = 1 << 20;

  private final BlobStore blobs;
  private final Descriptor blob;
  private final Sources sources;
  private final Semaphore permits;
  private final String id;
  private final Object state = new Object();
  private long available;
  private boolean complete;
  private @Nullable Throwable failure;

  /**
   * @param blob what is wanted
   * @param permits how many blobs may be on their way at the same time
   */
  BlobDownload(BlobStore blobs, Descriptor blob, Sources sources, Semaphore permits) {
    this.blobs = blobs;
    this.blob = blob;
    this.sources = sources;
    this.permits = permits;
    this.id = blob.digest().hex().substring(0, 12);
  }

  @Override
  protected Digest work() throws Exception {
    try {
      permits.acquire();
      try {
        fetch();
      } finally {
        permits.release();
      }
      return blob.digest();
    } catch (Throwable e) {
      synchronized (state) {
        failure = e;
        state.notifyAll();
      }
      throw e;
    }
  }

  private void fetch() throws IOException, ImageException, InterruptedException {
    Path partial = blobs.partial(blob.digest());
    MessageDigest sha256 = Digest.sha256();
    boolean resumed;
    try (PartialBlob file = PartialBlob.open(partial)) {
      long kept = file.resume(sha256, blob.size());
      arrived(kept);
      resumed = kept > 0;
      receive(file, kept, sha256);
      file.finish();
      arrived(file.written());
    }
    tell(new TransferEvent.Layer(id, Phase.VERIFYING));
    Digest arrived = Digest.of(sha256);
    if (!arrived.equals(blob.digest())) {
      Files.delete(partial);
      throw new WrongDigestException(blob.digest(), arrived, resumed);
    }
    synchronized (state) {
      blobs.complete(blob.digest());
      complete = true;
      state.notifyAll();
    }
    CrashPoint.BLOB_ARRIVED.reached();
    tell(new TransferEvent.Layer(id, Phase.DOWNLOADED));
  }

  private void receive(PartialBlob file, long kept, MessageDigest sha256)
      throws IOException, ImageException, InterruptedException {
    long position = kept;
    long lastProgress = kept;
    int failures = 0;
    byte[] buffer = new byte[BUFFER];
    while (position < blob.size()) {
      long offset = position;
      try (BlobBody body = sources.first(repository -> repository.blob(blob.digest(), offset))) {
        body.stream().skipNBytes(offset - body.offset());
        long told = position;
        for (int count = body.stream().read(buffer);
            count >= 0;
            count = body.stream().read(buffer)) {
          if (position + count > blob.size()) {
            throw new WrongDigestException(blob, position + count);
          }
          sha256.update(buffer, 0, count);
          file.append(buffer, count);
          position += count;
          arrived(file.written());
          if (position - told >= TELL_EVERY || position == blob.size()) {
            told = position;
            tell(new TransferEvent.Layer(id, Phase.DOWNLOADING, position, blob.size(), ""));
          }
        }
        if (position < blob.size()) {
          throw new IOException("it ended after %d of %d bytes".formatted(position, blob.size()));
        }
      } catch (IOException e) {
        if (Thread.interrupted()) {
          throw interrupted(e);
        }
        failures = position - lastProgress >= PROGRESS ? 1 : failures + 1;
        lastProgress = position;
        Connection connection = sources.preferred().connection();
        if (failures >= connection.attempts()) {
          throw new RegistryException(
              "layer %s from %s broke off: %s; what has arrived is kept, so pull again later"
                  .formatted(id, connection.endpoint().authority(), e.getMessage()),
              e);
        }
        tell(new TransferEvent.Layer(id, Phase.RETRYING, 0, 0, "after: " + e.getMessage()));
        connection.pause().before(failures);
      }
    }
  }

  private static InterruptedException interrupted(IOException cause) {
    InterruptedException interrupted = new InterruptedException("the download was given up");
    interrupted.initCause(cause);
    return interrupted;
  }

  private void arrived(long bytes) {
    synchronized (state) {
      if (available != bytes) {
        available = bytes;
        state.notifyAll();
      }
    }
  }

  /**
   * The blob's bytes as they arrive, from the first; at the end of what is there reading waits.
   * Fails when the download does.
   */
  InputStream follow() throws IOException, InterruptedException {
    synchronized (state) {
      while (!complete && available == 0 && failure == null) {
        state.wait();
      }
      if (failure != null) {
        throw new IOException("the download failed", failure);
      }
      Path file = complete ? blobs.path(blob.digest()) : blobs.partial(blob.digest());
      return new Following(PartialBlob.Reader.open(file));
    }
  }

  private final class Following extends InputStream {
    private final PartialBlob.Reader file;

    Following(PartialBlob.Reader file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      long there = awaitMore();
      if (there == file.position() || length == 0) {
        return length == 0 ? 0 : -1;
      }
      return file.read(target, offset, length, there);
    }

    /** Bytes that are there, of which some have not been read unless the blob is complete. */
    private long awaitMore() throws IOException {
      synchronized (state) {
        try {
          while (available == file.position() && !complete && available < blob.size()) {
            if (failure != null) {
              throw new IOException("the download failed", failure);
            }
            state.wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("given up while the download went on", e);
        }
        return available;
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
