package dev.jcompose.engine.image.push;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerForm;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.image.transfer.PushRequest;
import dev.jcompose.engine.image.transfer.SharedTasks;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.registry.BlobUpload;
import dev.jcompose.engine.registry.Registries;
import dev.jcompose.engine.registry.Sources;
import dev.jcompose.engine.registry.call.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes images: layers first, then the configuration, then the manifest, since a registry refuses
 * a manifest that names what it does not have. An image that came from a registry goes to another
 * with the same manifest, and so under the same digest.
 */
public final class Pusher {
  private final Registries registries;
  private final ImageStore store;
  private final SharedTasks<Sending.Key, TransferEvent, Sending> sendings = new SharedTasks<>();

  private record Target(Sources sources, String repository, Credential credential) {
    Sending.Key key(Digest content, @Nullable Digest wanted) {
      return new Sending.Key(repository, credential, content, wanted);
    }
  }

  /** Pushes images of this store. */
  public Pusher(Registries registries, ImageStore store) {
    this.registries = registries;
    this.store = store;
  }

  /**
   * Makes the registry's image of this name the one that is here.
   *
   * @param listener hears how far it is, one event at a time
   * @return the manifest's digest
   * @throws ImageException when there is no such image here, or the registry refuses, fails or is
   *     out of reach
   */
  public Digest push(PushRequest request, Consumer<TransferEvent> listener)
      throws ImageException, InterruptedException {
    Reference reference = request.reference();
    Image image =
        store.byName(reference).orElseThrow(() -> new NoSuchImageException(reference.familiar()));
    Consumer<TransferEvent> told = oneAtATime(listener);
    told.accept(
        new TransferEvent.Notice(
            "", "The push refers to repository [" + reference.repository() + "]"));
    try (Lease lease = store.layers().lease()) {
      List<Layer> layers = layers(image, lease);
      Document document = push(request, image, layers, told);
      String tag = reference.tag() == null ? "latest" : reference.tag();
      Digest digest = document.descriptor().digest();
      store.add(
          store.blobs().read(Digest.parse(image.id())),
          List.of(reference.familiarRepository() + "@" + digest),
          List.of(document.descriptor()));
      store.announce(
          new ImageEvent(ImageEvent.Action.PUSH, reference.familiar(), reference.familiar()));
      told.accept(
          new TransferEvent.Notice(
              "", "%s: digest: %s size: %d".formatted(tag, digest, document.descriptor().size())));
      told.accept(new TransferEvent.Pushed(tag, digest.toString(), document.descriptor().size()));
      return digest;
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not read %s from the store: %s".formatted(reference.familiar(), e.getMessage()),
          e);
    }
  }

  /**
   * Writes layers and a configuration under a name, whether or not an image has them together.
   *
   * @throws ImageException as for a push
   */
  public void write(PushRequest request, List<Layer> layers, byte[] configuration)
      throws ImageException, InterruptedException {
    Reference reference = request.reference();
    try {
      Target target = target(request, List.of());
      List<Descriptor> blobs = pushLayers(target, layers, null, event -> {});
      Descriptor config = configuration(store.blobs().put(configuration));
      pushConfiguration(target, config);
      Document document = manifest(config, blobs);
      target.sources.first(
          place -> {
            place.putManifest(reference.tag() == null ? "latest" : reference.tag(), document);
            return true;
          });
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not read the layers of %s from the store: %s"
              .formatted(reference.familiar(), e.getMessage()),
          e);
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

  private static List<Layer> layers(Image image, Lease lease) throws ImageException {
    List<Layer> layers = new ArrayList<>();
    for (Digest chainId : ChainId.of(image.diffIds())) {
      Layer layer = lease.find(chainId);
      if (layer == null) {
        throw new NoSuchImageException(image.shortId());
      }
      layers.add(layer);
    }
    return layers;
  }

  private Document push(
      PushRequest request, Image image, List<Layer> layers, Consumer<TransferEvent> told)
      throws ImageException, InterruptedException, IOException {
    Reference reference = request.reference();
    String repository = reference.repository();
    Set<String> from = new LinkedHashSet<>();
    for (Layer layer : layers) {
      for (LayerForm form : store.forms().of(layer.diffId())) {
        from.addAll(MountPaths.of(form.repositories(), repository));
      }
    }
    Target target = target(request, List.copyOf(from));
    Optional<Document> kept = keptManifest(image, layers);
    Manifest names = kept.isEmpty() ? null : Manifest.of(Json.object(kept.get().bytes()));
    List<Descriptor> blobs = pushLayers(target, layers, names, told);
    Descriptor configuration =
        names != null ? names.config() : configuration(Digest.parse(image.id()));
    pushConfiguration(target, configuration);
    Document document = kept.isPresent() ? kept.get() : manifest(configuration, blobs);
    store.blobs().put(document.bytes());
    String tag = reference.tag() == null ? "latest" : reference.tag();
    target.sources.first(
        place -> {
          place.putManifest(tag, document);
          return true;
        });
    return document;
  }

  private Target target(PushRequest request, List<String> from)
      throws ImageException, InterruptedException {
    return new Target(
        registries.toWrite(request.reference(), request.credential(), from),
        request.reference().repository(),
        request.credential());
  }

  private Descriptor configuration(Digest id) throws IOException {
    return new Descriptor(MediaTypes.CONFIG, id, store.blobs().size(id));
  }

  private static Document manifest(Descriptor configuration, List<Descriptor> layers) {
    byte[] bytes = Json.bytes(new Manifest(MediaTypes.MANIFEST, configuration, layers));
    return new Document(new Descriptor(MediaTypes.MANIFEST, Digest.of(bytes), bytes.length), bytes);
  }

  /** The manifest the image came with, as long as each blob it names is here or known elsewhere. */
  private Optional<Document> keptManifest(Image image, List<Layer> layers) throws IOException {
    for (Descriptor descriptor : store.manifests(Digest.parse(image.id()))) {
      if (!store.blobs().has(descriptor.digest())) {
        continue;
      }
      byte[] bytes = store.blobs().read(descriptor.digest());
      Manifest manifest = Manifest.of(Json.object(bytes));
      boolean whole = manifest.layers().size() == layers.size();
      for (int i = 0; whole && i < layers.size(); i++) {
        whole = store.blobs().has(manifest.layers().get(i).digest());
      }
      if (whole) {
        return Optional.of(new Document(descriptor, bytes));
      }
    }
    return Optional.empty();
  }

  private void pushConfiguration(Target target, Descriptor configuration)
      throws ImageException, InterruptedException {
    Digest digest = configuration.digest();
    send(
        target.key(digest, null),
        told -> {
          boolean known = target.sources.first(place -> place.has(digest));
          if (!known) {
            new BlobUpload(store.blobs()::path, target.sources)
                .send(digest, Optional.empty(), sent -> {});
          }
          return configuration;
        },
        event -> {});
  }

  private Descriptor send(Sending.Key key, Sending.Work work, Consumer<TransferEvent> told)
      throws ImageException, InterruptedException {
    try (SharedTasks.Share<Sending> share = sendings.join(key, () -> new Sending(work), told)) {
      return share.task().await();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /** Each layer once, even when an image has it several times. */
  private List<Descriptor> pushLayers(
      Target target, List<Layer> layers, @Nullable Manifest names, Consumer<TransferEvent> told)
      throws ImageException, InterruptedException, IOException {
    Semaphore permits = new Semaphore(registries.settings().uploads());
    Map<Digest, Future<Descriptor>> results = new LinkedHashMap<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < layers.size(); i++) {
          Layer layer = layers.get(i);
          Descriptor wanted = names == null ? null : names.layers().get(i);
          Callable<Descriptor> work =
              () -> {
                permits.acquire();
                try {
                  return send(
                      target.key(layer.chainId(), wanted == null ? null : wanted.digest()),
                      heard ->
                          new LayerPush(store, target.sources, target.repository, heard)
                              .push(layer, wanted),
                      told);
                } finally {
                  permits.release();
                }
              };
          results.computeIfAbsent(layer.diffId(), key -> executor.submit(work));
        }
        List<Descriptor> blobs = new ArrayList<>();
        for (Layer layer : layers) {
          Future<Descriptor> result = results.get(layer.diffId());
          if (result != null) {
            blobs.add(result.get());
          }
        }
        return blobs;
      } catch (ExecutionException e) {
        throw failure(e.getCause());
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static ImageException failure(@Nullable Throwable cause) {
    return cause instanceof ImageException known
        ? known
        : new ImageException(
            ImageException.Kind.FAILED,
            "a layer could not be pushed: " + (cause == null ? "" : cause.getMessage()),
            cause == null ? new IllegalStateException() : cause);
  }
}
