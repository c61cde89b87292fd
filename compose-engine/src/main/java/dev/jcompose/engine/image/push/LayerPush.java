package dev.jcompose.engine.image.push;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.LayerForm;
import dev.jcompose.engine.image.transfer.TransferEvent;
import dev.jcompose.engine.image.transfer.TransferEvent.Phase;
import dev.jcompose.engine.registry.BlobUpload;
import dev.jcompose.engine.registry.Sources;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets one layer into a repository in the cheapest way: the repository has it, the registry takes
 * it over from another repository, or it is sent.
 */
final class LayerPush {
  private final ImageStore store;
  private final Sources target;
  private final String repository;
  private final BlobUpload upload;
  private final Consumer<TransferEvent> told;

  /**
   * @param repository full name of the target, noted for later pushes
   */
  LayerPush(ImageStore store, Sources target, String repository, Consumer<TransferEvent> told) {
    this.store = store;
    this.target = target;
    this.repository = repository;
    this.upload = new BlobUpload(store.blobs()::path, target);
    this.told = told;
  }

  /**
   * Gets the layer there.
   *
   * @param wanted the one form of it that will do, because a manifest names it; null for any
   * @return the form the repository has now
   */
  Descriptor push(Layer layer, @Nullable Descriptor wanted)
      throws ImageException, InterruptedException, IOException {
    List<LayerForm> forms = new ArrayList<>(store.forms().of(layer.diffId()));
    if (wanted != null) {
      forms.removeIf(form -> !form.blob().digest().equals(wanted.digest()));
    }
    for (LayerForm form : forms) {
      boolean has = target.first(place -> place.has(form.blob().digest()));
      if (has) {
        return arrived(layer, form.blob(), Phase.KNOWN, "");
      }
    }
    for (LayerForm form : forms) {
      for (String path : MountPaths.of(form.repositories(), repository)) {
        Optional<URI> begun = target.first(place -> place.mount(form.blob().digest(), path));
        if (begun.isEmpty()) {
          return arrived(layer, form.blob(), Phase.MOUNTED, path);
        }
        if (store.blobs().has(form.blob().digest())) {
          send(form.blob(), begun);
          return arrived(layer, form.blob(), Phase.PUSHED, "");
        }
      }
    }
    told.accept(new TransferEvent.Layer(id(layer.diffId()), Phase.PREPARING));
    Descriptor blob = wanted != null ? wanted : store.layerBlobs().blob(layer);
    boolean has = forms.isEmpty() && target.first(place -> place.has(blob.digest()));
    if (has) {
      return arrived(layer, blob, Phase.KNOWN, "");
    }
    send(blob, Optional.empty());
    return arrived(layer, blob, Phase.PUSHED, "");
  }

  private void send(Descriptor blob, Optional<URI> begun)
      throws ImageException, InterruptedException {
    String id = id(blob.digest());
    upload.send(
        blob.digest(),
        begun,
        sent -> told.accept(new TransferEvent.Layer(id, Phase.PUSHING, sent, blob.size(), "")));
  }

  private Descriptor arrived(Layer layer, Descriptor blob, Phase phase, String detail) {
    store.forms().note(layer.diffId(), blob, List.of(repository));
    told.accept(new TransferEvent.Layer(id(blob.digest()), phase, 0, 0, detail));
    return blob;
  }

  private static String id(Digest digest) {
    return digest.hex().substring(0, 12);
  }
}
