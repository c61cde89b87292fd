package dev.jcompose.engine.container.commit;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.Commits;
import dev.jcompose.engine.container.ContainerFiles;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.Containers;
import dev.jcompose.engine.container.create.ImageMerge;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.ChainId;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageConfig;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.exchange.ConfigChanges;
import dev.jcompose.engine.image.make.Addition;
import dev.jcompose.engine.image.make.ImageMaker;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Lease;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes images of the containers of this engine. */
public final class ContainerCommits implements Commits {
  private final Containers containers;
  private final ContainerFiles files;
  private final StateDirectory state;
  private final ImageStore store;
  private final LayerMaker layers;
  private final EventBus events;

  /**
   * @param files tells what a container changed
   * @param layers makes layers of the store
   */
  public ContainerCommits(
      Containers containers,
      ContainerFiles files,
      StateDirectory state,
      ImageStore store,
      LayerMaker layers,
      EventBus events) {
    this.containers = containers;
    this.files = files;
    this.state = state;
    this.store = store;
    this.layers = layers;
    this.events = events;
  }

  @Override
  public Image commit(Request request) throws IOException {
    // Everything the request can have wrong is found before anything is frozen or written.
    @Nullable Reference name =
        request.name().isEmpty() ? null : Reference.parse(request.name()).orLatest();
    if (name != null && name.digest() != null) {
      throw new BadReferenceException("\"" + request.name() + "\" has a digest; write name[:tag]");
    }
    ContainerRecord container = containers.get(request.container());
    Digest base = Digest.parse(container.imageId());
    Configuration below = store.configuration(base);
    ImageConfig settings = settings(request, container, below);
    boolean freezes =
        request.pause() && container.state().status() == ContainerState.Status.RUNNING;
    if (freezes) {
      containers.pause(container.id());
    }
    try (Lease lease = store.layers().lease()) {
      Layer layer = layer(container, below, lease);
      Instant now = Instant.now();
      Configuration.Step step =
          new Configuration.Step(
              now,
              String.join(" ", container.arguments()),
              request.author(),
              request.message(),
              false);
      Image image =
          new ImageMaker(store)
              .make(base, settings, List.of(new Addition(layer, step)), now, request.author());
      if (name != null) {
        image = store.tag(Digest.parse(image.id()), name);
      }
      tell(container, image, name, request.message());
      return image;
    } finally {
      if (freezes) {
        unpause(container.id());
      }
    }
  }

  private static ImageConfig settings(
      Request request, ContainerRecord container, Configuration below) {
    ImageConfig own = CommittedSettings.of(container.spec(), below.settings().onBuild());
    ImageConfig asked =
        CommittedSettings.of(ImageMerge.merge(request.settings(), own), own.onBuild());
    try {
      return ConfigChanges.apply(asked, request.changes());
    } catch (ImageException e) {
      throw new EngineException.InvalidRequest(String.valueOf(e.getMessage()), e);
    }
  }

  private Layer layer(ContainerRecord container, Configuration below, Lease lease)
      throws IOException {
    Path upper = state.container(container.id()).upper();
    if (!Files.isDirectory(upper)) {
      // It was never started, and nobody copied anything into it.
      Files.createDirectories(upper);
    }
    Set<String> changed =
        files.changes(container.id()).stream()
            .map(change -> change.path().substring(1))
            .collect(Collectors.toSet());
    List<Digest> chain = ChainId.of(below.diffIds());
    return layers.copy(
        upper, chain.isEmpty() ? null : chain.getLast(), path -> !changed.contains(path), lease);
  }

  private void unpause(String id) {
    try {
      containers.unpause(id);
    } catch (EngineException.Conflict | EngineException.NotFound e) {
      // It was killed while it was frozen, or somebody let it go on.
    }
  }

  private void tell(
      ContainerRecord container, Image image, @Nullable Reference name, String message) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("comment", message);
    attributes.put("imageID", image.id());
    attributes.put("imageRef", name == null ? "" : name.familiar());
    attributes.put("name", container.name());
    events.publish(Event.Type.CONTAINER, "commit", container.id(), attributes);
  }
}
