package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.oci.PlatformChoice;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.image.transfer.SharedTasks.Share;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.image.transfer.TransferEvent.Phase;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.registry.Registries;
import dev.jcompose.engine.registry.Sources;
import dev.jcompose.engine.registry.call.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pulls images. Pulls at the same time share the layers they have in common. A pull that is given
 * up, or killed, leaves nothing to be seen; what it has fetched is there for the next one.
 */
public final class Puller {
  private final Registries registries;
  private final ImageStore store;
  private final Workshop workshop;

  /**
   * @param downloads how many blobs may be on their way at the same time
   */
  public Puller(Registries registries, ImageStore store, FileCalls files, int downloads) {
    this.registries = registries;
    this.store = store;
    this.workshop = new Workshop(store, files, downloads);
  }

  /**
   * Makes the image of this name the one the registry has now.
   *
   * @param listener hears how far it is, from several threads, one event at a time
   * @throws ImageException when the registry refuses, fails or is out of reach, or the image is
   *     none
   */
  public Image pull(PullRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException {
    Consumer<TransferEvent> told = oneAtATime(listener);
    Sources sources = registries.toRead(request.reference(), request.credential());
    Reference reference = request.reference();
    Optional<Digest> digest = Optional.ofNullable(reference.digest());
    if (digest.isEmpty()) {
      digest = sources.first(repository -> repository.look(reference)).map(Descriptor::digest);
    }
    Optional<Image> present = digest.flatMap(known -> present(request, known));
    try {
      if (present.isPresent()) {
        began(request, told);
        return finished(request, present.get(), digest.orElseThrow(), false, told);
      }
      ManifestSearch search =
          new ManifestSearch(sources, request, digest.map(reference::withDigest).orElse(reference));
      Document top = search.top();
      ManifestSearch.Found found = search.find(top);
      checkPlatform(request, found, told);
      began(request, told);
      boolean known = store.byId(found.manifest().config().digest()).isPresent();
      List<Digest> chain = ChainId.of(found.configuration().diffIds());
      try (Lease lease = store.layers().lease()) {
        fetchLayers(request, found, chain, sources, lease, told);
        store.blobs().put(found.document().bytes());
        Image image =
            store.add(
                found.configurationDocument().bytes(),
                List.of(reference.familiarRepository() + "@" + top.descriptor().digest()),
                List.of(found.document().descriptor()));
        return finished(request, image, top.descriptor().digest(), !known, told);
      }
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not put %s into the store: %s".formatted(reference.familiar(), e.getMessage()),
          e);
    }
  }

  /** Tells what the registry has, without fetching it. */
  public ImageTransfers.Offer look(PullRequest request)
      throws ImageException, InterruptedException {
    Sources sources = registries.toRead(request.reference(), request.credential());
    ManifestSearch search = new ManifestSearch(sources, request, request.reference());
    Document top = search.top();
    return new ImageTransfers.Offer(top.descriptor(), search.platforms(top));
  }

  /** Reads a manifest for this machine, and the configuration it names. */
  public ImageTransfers.Artifact read(PullRequest request)
      throws ImageException, InterruptedException {
    Sources sources = registries.toRead(request.reference(), request.credential());
    ManifestSearch search = new ManifestSearch(sources, request, request.reference());
    ManifestSearch.Found found = search.find(search.top());
    return new ImageTransfers.Artifact(
        found.manifest(), Json.object(found.configurationDocument().bytes()));
  }

  /**
   * Gets one layer.
   *
   * @param below chain id of the layer below; null for a lowest layer
   * @param lease holds the layer from now on
   */
  public Layer layer(
      PullRequest request, Descriptor blob, Digest diffId, @Nullable Digest below, Lease lease)
      throws ImageException, InterruptedException {
    Sources sources = registries.toRead(request.reference(), request.credential());
    LayerFetch.Wanted wanted =
        new LayerFetch.Wanted(blob, diffId, below, sources, request.reference().repository());
    Digest chainId = below == null ? diffId : ChainId.above(below, diffId);
    try (Share<LayerFetch> share =
        workshop
            .layers()
            .join(chainId, () -> new LayerFetch(workshop, wanted, () -> {}), event -> {})) {
      Layer layer = share.task().await();
      Layer held = lease.find(layer.chainId());
      if (held == null) {
        throw new ImageException(
            ImageException.Kind.FAILED, "layer " + chainId + " was removed meanwhile; try again");
      }
      return held;
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static Consumer<TransferEvent> oneAtATime(Consumer<TransferEvent> listener) {
    Object lock = new Object();
    return event -> {
      synchronized (lock) {
        listener.accept(event);
      }
    };
  }

  /** The image that a registry's digest stands for, when it is here and for the right machine. */
  private Optional<Image> present(PullRequest request, Digest digest) {
    Platform wanted = request.platform();
    return store
        .byName(request.reference().withDigest(digest))
        .filter(image -> wanted == null || wanted.equals(Platform.of(image)));
  }

  private static void began(PullRequest request, Consumer<TransferEvent> told) {
    Reference reference = request.reference();
    told.accept(
        new TransferEvent.Notice(
            reference.tag() == null
                ? String.valueOf(reference.digest())
                : String.valueOf(reference.tag()),
            "Pulling from "
                + (reference.domain().equals(Reference.DOCKER_HUB)
                    ? reference.path()
                    : reference.repository())));
  }

  private static void checkPlatform(
      PullRequest request, ManifestSearch.Found found, Consumer<TransferEvent> told)
      throws ImageException {
    Platform has = found.platform();
    Platform wanted = request.platform();
    if (!has.os().equals("linux")) {
      throw new ImageException(
          ImageException.Kind.INVALID,
          "%s is an image for %s and cannot run on Linux"
              .formatted(request.reference().familiar(), has));
    }
    if (PlatformChoice.of(Objects.requireNonNullElseGet(wanted, Platform::host)).takes(has)) {
      return;
    }
    if (wanted != null) {
      throw new ImageException(
          ImageException.Kind.NOT_FOUND,
          "image with reference %s was found but its platform (%s) does not match the specified platform (%s)"
              .formatted(request.reference().familiar(), has, wanted));
    }
    told.accept(
        new TransferEvent.Notice(
            "",
            "The requested image's platform (%s) does not match the detected host platform (%s) and no specific platform was requested"
                .formatted(has, Platform.host())));
  }

  private void fetchLayers(
      PullRequest request,
      ManifestSearch.Found found,
      List<Digest> chain,
      Sources sources,
      Lease lease,
      Consumer<TransferEvent> told)
      throws ImageException, InterruptedException {
    String repository = request.reference().repository();
    List<Share<LayerFetch>> shares = new ArrayList<>();
    try {
      for (int i = 0; i < chain.size(); i++) {
        Descriptor blob = found.manifest().layers().get(i);
        Digest diffId = found.configuration().diffIds().get(i);
        if (lease.find(chain.get(i)) != null) {
          store.forms().note(diffId, blob, List.of(repository));
          told.accept(new TransferEvent.Layer(blob.digest().hex().substring(0, 12), Phase.PRESENT));
          continue;
        }
        LayerFetch.Parent parent = shares.isEmpty() ? () -> {} : shares.getLast().task()::await;
        LayerFetch.Wanted wanted =
            new LayerFetch.Wanted(
                blob, diffId, i == 0 ? null : chain.get(i - 1), sources, repository);
        shares.add(
            workshop
                .layers()
                .join(chain.get(i), () -> new LayerFetch(workshop, wanted, parent), told));
      }
      for (Share<LayerFetch> share : shares) {
        lease.find(share.task().await().chainId());
      }
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      // All at once: each closing waits for its task's end, and the upper ones wait for the lower.
      shares.reversed().forEach(Share::close);
    }
  }

  private static ImageException failure(ExecutionException failed) {
    Throwable cause = failed;
    while (cause instanceof ExecutionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ImageException known
        ? known
        : new ImageException(
            ImageException.Kind.FAILED,
            "a layer could not be unpacked: " + cause.getMessage(),
            cause);
  }

  private Image finished(
      PullRequest request,
      Image image,
      Digest digest,
      boolean fresh,
      Consumer<TransferEvent> told) {
    Reference reference = request.reference();
    Image named =
        reference.digest() == null ? store.tag(Digest.parse(image.id()), reference) : image;
    store.announce(
        new ImageEvent(ImageEvent.Action.PULL, reference.familiar(), reference.familiar()));
    told.accept(new TransferEvent.Notice("", "Digest: " + digest));
    told.accept(
        new TransferEvent.Notice(
            "",
            (fresh ? "Status: Downloaded newer image for " : "Status: Image is up to date for ")
                + reference.familiar()));
    return named;
  }
}
