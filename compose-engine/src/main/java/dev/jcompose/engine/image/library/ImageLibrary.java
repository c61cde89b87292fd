package dev.jcompose.engine.image.library;

import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Image;
import dev.jcompose.engine.image.ImageEvent;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.ImageUse;
import dev.jcompose.engine.image.Images;
import dev.jcompose.engine.image.NoSuchImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.Removal;
import dev.jcompose.engine.image.exchange.ImageArchives;
import dev.jcompose.engine.image.exchange.ImageExchange;
import dev.jcompose.engine.image.host.HostImages;
import dev.jcompose.engine.image.make.LayerMaker;
import dev.jcompose.engine.image.store.ImagePaths;
import dev.jcompose.engine.image.store.ImageStore;
import dev.jcompose.engine.image.store.Layer;
import dev.jcompose.engine.image.store.Leftover;
import dev.jcompose.engine.image.store.StoreUsage;
import dev.jcompose.engine.image.transfer.ImageTransfers;
import dev.jcompose.engine.linux.files.FileCalls;
import dev.jcompose.engine.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The engine's images: the store, and the makers of what is not in it yet. */
public final class ImageLibrary implements Images {
  private static final Pattern ID_PREFIX = Pattern.compile("(?:sha256:)?(?<hex>[0-9a-f]{1,64})");

  /** A pull or build may be about to use what it has just made. */
  private static final Duration YOUNG = Duration.ofHours(1);

  private final ImageStore store;
  private final HostImages host;
  private final ImageTransfers transfers;
  private final ImageArchives archives;

  ImageLibrary(ImageStore store, FileCalls files, HostImages host, ImageTransfers transfers) {
    this.store = store;
    this.host = host;
    this.transfers = transfers;
    this.archives = new ImageArchives(this, store, new LayerMaker(store.layers(), files));
  }

  /** The way to and from registries. */
  public ImageTransfers transfers() {
    return transfers;
  }

  /** The images as archives. */
  public ImageExchange archives() {
    return archives;
  }

  /**
   * Opens the images of an engine.
   *
   * @param files how layers are read and written
   * @param events called after something happened to an image
   */
  public static ImageLibrary open(
      StateDirectory state, FileCalls files, Consumer<ImageEvent> events) throws IOException {
    ImageStore store = ImageStore.open(ImagePaths.of(state), files, events);
    HostImages host = new HostImages(store, files, Path.of(System.getProperty("java.home")));
    return new ImageLibrary(store, files, host, new RegistryTransfers(state, store, files, host));
  }

  /** What is on disk, for those who make or fetch images. */
  public ImageStore store() {
    return store;
  }

  @Override
  public Image resolve(String reference) throws ImageException {
    Optional<Reference> name = asName(reference);
    if (name.isPresent()) {
      if (HostImages.makes(name.get())) {
        return host.wellKnown(name.get());
      }
      Optional<Image> named = store.byName(name.get());
      if (named.isPresent()) {
        return named.get();
      }
    }
    var id = ID_PREFIX.matcher(reference);
    List<Image> matches = id.matches() ? store.byIdPrefix(id.group("hex")) : List.of();
    if (matches.size() > 1) {
      throw NoSuchImageException.ambiguous(reference, matches.size());
    }
    if (matches.isEmpty()) {
      throw new NoSuchImageException(reference);
    }
    return matches.getFirst();
  }

  @Override
  public List<Image> list() {
    return store.list();
  }

  @Override
  public Image tag(String reference, String name) throws ImageException {
    Reference newName = Reference.parse(name);
    if (newName.digest() != null) {
      throw new BadReferenceException("\"" + name + "\" has a digest; a tag is written name[:tag]");
    }
    Image image = resolve(reference);
    return saving(name, () -> store.tag(Digest.parse(image.id()), newName));
  }

  @Override
  public void untag(String name) throws ImageException {
    Reference tag = Reference.parse(name).orLatest();
    if (tag.digest() != null || store.byName(tag).isEmpty()) {
      throw new NoSuchImageException(name);
    }
    saving(
        name,
        () -> {
          store.untag(tag);
          return tag;
        });
  }

  @Override
  public List<Removal> remove(String reference, boolean force, boolean keepLayers, ImageUse use)
      throws ImageException {
    Optional<Image> named = asName(reference).flatMap(store::byName);
    Image image = named.isPresent() ? named.get() : resolve(reference);
    Reference name = asName(reference).map(Reference::orLatest).orElse(null);
    if (named.isPresent() && name != null && name.digest() == null && image.repoTags().size() > 1) {
      return saving(
          reference,
          () -> {
            store.untag(name);
            return List.of(new Removal.Untagged(name.familiar()));
          });
    }
    List<ImageUse.User> users = use.usersOf(image.id());
    String refusal = refusal(reference, named.isPresent(), image, users, force);
    if (!refusal.isEmpty()) {
      throw new ImageException(ImageException.Kind.CONFLICT, "conflict: unable to " + refusal);
    }
    return saving(reference, () -> removeAll(image, users.isEmpty(), keepLayers));
  }

  /**
   * Why an image's last name, or an image by its id, is not removed, in the words of a Docker
   * engine (moby 28, {@code daemon/images/image_delete.go}), which tools look for; empty to go on.
   */
  private static String refusal(
      String reference, boolean byName, Image image, List<ImageUse.User> users, boolean force) {
    if (byName) {
      // By force the name goes, and the image stays without one while containers use it.
      return users.isEmpty() || force
          ? ""
          : "remove repository reference \"%s\" (must force) - container %s is using its referenced image %s"
              .formatted(reference, users.getFirst().shortId(), image.shortId());
    }
    Optional<ImageUse.User> running = users.stream().filter(ImageUse.User::running).findFirst();
    if (running.isPresent()) {
      return "delete %s (cannot be forced) - image is being used by running container %s"
          .formatted(image.shortId(), running.get().shortId());
    }
    if (!force && image.repoTags().size() > 1) {
      return "delete %s (must be forced) - image is referenced in multiple repositories"
          .formatted(image.shortId());
    }
    if (!force && !users.isEmpty()) {
      return "delete %s (must be forced) - image is being used by stopped container %s"
          .formatted(image.shortId(), users.getFirst().shortId());
    }
    return "";
  }

  @Override
  public Pruned prune(boolean all, Predicate<Image> which, ImageUse use) throws ImageException {
    List<Removal> removals = new ArrayList<>();
    long reclaimed = 0;
    for (Image image : store.list()) {
      boolean nameless = image.repoTags().isEmpty() && image.repoDigests().isEmpty();
      if ((all || nameless) && which.test(image) && use.usersOf(image.id()).isEmpty()) {
        reclaimed +=
            saving(
                image.id(),
                () -> {
                  image.repoTags().forEach(tag -> removals.add(new Removal.Untagged(tag)));
                  ImageStore.Removed removed = store.remove(Digest.parse(image.id()), false);
                  removals.add(new Removal.Deleted(image.id()));
                  removed
                      .chainIds()
                      .forEach(chainId -> removals.add(new Removal.Deleted(chainId.toString())));
                  return removed.size();
                });
      }
    }
    reclaimed += saving("what no image has", () -> sweep(Instant.now().minus(YOUNG)));
    return new Pruned(removals, reclaimed);
  }

  /** Deletes what no image has and nobody has used since a moment. */
  private long sweep(Instant before) throws IOException {
    long freed = 0;
    for (Leftover leftover : store.usage().leftovers()) {
      if (leftover.lastUsed().isBefore(before)) {
        freed += store.remove(leftover);
      }
    }
    return freed;
  }

  @Override
  public Usage usage() throws ImageException {
    return saving(
        "the store",
        () -> {
          StoreUsage usage = store.usage();
          return new Usage(
              store.layers().list().stream().collect(Collectors.toMap(Layer::chainId, Layer::size)),
              usage.blobs(),
              usage.reclaimable());
        });
  }

  @Override
  public Image fromHost(String name, List<String> programs) throws ImageException {
    Reference reference = Reference.parse(name).orLatest();
    if (reference.digest() != null || HostImages.makes(reference)) {
      throw new BadReferenceException(
          "\"" + name + "\" cannot name a new image; write another name, with :tag if need be");
    }
    return host.fromHost(reference, programs, System.getenv("PATH"));
  }

  private List<Removal> removeAll(Image image, boolean withContent, boolean keepLayers)
      throws IOException {
    List<Removal> removals = new ArrayList<>();
    for (String tag : image.repoTags()) {
      store.untag(Reference.parse(tag));
      removals.add(new Removal.Untagged(tag));
    }
    if (withContent) {
      image.repoDigests().forEach(digest -> removals.add(new Removal.Untagged(digest)));
      ImageStore.Removed removed = store.remove(Digest.parse(image.id()), keepLayers);
      removals.add(new Removal.Deleted(image.id()));
      removed.chainIds().forEach(chainId -> removals.add(new Removal.Deleted(chainId.toString())));
    }
    return removals;
  }

  private static Optional<Reference> asName(String reference) {
    try {
      return Optional.of(Reference.parse(reference));
    } catch (BadReferenceException e) {
      if (ID_PREFIX.matcher(reference).matches()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Work on the store's files. */
  @FunctionalInterface
  private interface StoreWork<T> {
    T run() throws IOException;
  }

  private static <T> T saving(String reference, StoreWork<T> work) throws ImageException {
    try {
      return work.run();
    } catch (IOException e) {
      throw new ImageException(
          ImageException.Kind.FAILED,
          "could not change image %s in the store: %s".formatted(reference, e),
          e);
    }
  }
}
