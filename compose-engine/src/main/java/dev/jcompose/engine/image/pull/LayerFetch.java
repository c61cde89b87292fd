package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.compress.Compression;
import dev.jcompose.engine.compress.ReadAhead;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.layer.ImpliedDirectories;
import dev.jcompose.engine.image.layer.LayerUnpacker;
import dev.jcompose.engine.image.layer.Unpacked;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerStore;
import dev.jcompose.engine.image.transfer.SharedTask;
import dev.jcompose.engine.image.transfer.SharedTasks;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.image.transfer.TransferEvent.Phase;
import dev.jcompose.engine.registry.Sources;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one layer of the store from its blob: unpacks it into a directory beside the others while
 * it arrives, and puts it into its place when the blob is the right one and the layers below are
 * there.
 */
final class LayerFetch extends SharedTask<TransferEvent, Layer> {
  /**
   * What is to be made.
   *
   * @param blob the compressed archive
   * @param diffId digest of the archive itself
   * @param below chain id of the layer below; null for a lowest layer
   * @param sources where the blob is
   * @param repository the full name of the repository that has it
   */
  record Wanted(
      Descriptor blob, Digest diffId, @Nullable Digest below, Sources sources, String repository) {}

  /** Waits until the layer below is in its place. */
  @FunctionalInterface
  interface Parent {
    void await() throws ExecutionException, InterruptedException;
  }

  private record Staged(Path directory, Unpacked content) {}

  private final Workshop workshop;
  private final Wanted wanted;
  private final Parent parent;
  private final String id;

  LayerFetch(Workshop workshop, Wanted wanted, Parent parent) {
    this.workshop = workshop;
    this.wanted = wanted;
    this.parent = parent;
    this.id = wanted.blob().digest().hex().substring(0, 12);
  }

  @Override
  protected Layer work() throws Exception {
    tell(new TransferEvent.Layer(id, Phase.PULLING));
    LayerStore layers = workshop.store().layers();
    Staged staged = stage();
    try {
      parent.await();
      ImpliedDirectories.settle(
          workshop.files(),
          staged.directory(),
          staged.content().implied(),
          layers.directories(wanted.below()));
      Layer layer =
          layers.publish(
              staged.directory(), wanted.below(), wanted.diffId(), staged.content().size());
      workshop.store().forms().note(wanted.diffId(), wanted.blob(), List.of(wanted.repository()));
      tell(new TransferEvent.Layer(id, Phase.PULLED));
      return layer;
    } finally {
      layers.discard(staged.directory());
    }
  }

  private Staged stage() throws Exception {
    if (workshop.store().blobs().has(wanted.blob().digest())) {
      try {
        return fromStore();
      } catch (WrongDigestException e) {
        // A machine that lost power may have lost a blob's last bytes.
        workshop.store().blobs().discard(wanted.blob().digest());
      }
    }
    try {
      return fromRegistry();
    } catch (WrongDigestException e) {
      if (!e.mayBeOurs()) {
        throw e;
      }
      tell(new TransferEvent.Layer(id, Phase.RETRYING, 0, 0, "from the beginning"));
      return fromRegistry();
    }
  }

  private Staged fromStore() throws Exception {
    Digest digest = wanted.blob().digest();
    MessageDigest sha256 = Digest.sha256();
    InputStream blob = Files.newInputStream(workshop.store().blobs().path(digest));
    Staged staged = unpack(new DigestInputStream(blob, sha256));
    Digest found = Digest.of(sha256);
    if (!found.equals(digest)) {
      workshop.store().layers().discard(staged.directory());
      throw new WrongDigestException(digest, found, false);
    }
    return staged;
  }

  private Staged fromRegistry() throws Exception {
    Descriptor blob = wanted.blob();
    try (SharedTasks.Share<BlobDownload> share =
        workshop
            .downloads()
            .join(
                blob.digest(),
                () ->
                    new BlobDownload(
                        workshop.store().blobs(),
                        blob,
                        wanted.sources(),
                        workshop.downloadPermits()),
                this::tell)) {
      BlobDownload download = share.task();
      Staged staged;
      try {
        staged = unpack(download.follow());
      } catch (IOException e) {
        // A wrong blob makes no sense as an archive either; that it is wrong says more.
        await(download);
        throw e;
      }
      try {
        await(download);
      } catch (Exception e) {
        workshop.store().layers().discard(staged.directory());
        throw e;
      }
      return staged;
    }
  }

  private static void await(BlobDownload download) throws Exception {
    try {
      download.await();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Unpacking keeps a processor busy, so it has threads of its own and as many as processors. */
  private Staged unpack(InputStream blob) throws Exception {
    return workshop.onProcessor(
        () -> {
          Path directory = workshop.store().layers().stage();
          boolean done = false;
          MessageDigest sha256 = Digest.sha256();
          tell(new TransferEvent.Layer(id, Phase.EXTRACTING));
          try (InputStream archive =
              new ReadAhead(Compression.expand(new BufferedInputStream(blob, 1 << 16)), sha256)) {
            Unpacked content = LayerUnpacker.unpack(workshop.files(), archive, directory);
            Digest unpacked = Digest.of(sha256);
            if (!unpacked.equals(wanted.diffId())) {
              throw new WrongDigestException(wanted.blob(), wanted.diffId(), unpacked);
            }
            done = true;
            return new Staged(directory, content);
          } finally {
            if (!done) {
              workshop.store().layers().discard(directory);
            }
          }
        });
  }
}
