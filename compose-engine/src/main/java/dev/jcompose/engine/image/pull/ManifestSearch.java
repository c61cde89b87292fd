package dev.jcompose.engine.image.pull;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Configuration;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Index;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.oci.PlatformChoice;
import dev.jcompose.engine.image.transfer.PullRequest;
import dev.jcompose.engine.registry.Sources;
import dev.jcompose.engine.registry.call.Document;
import dev.jcompose.engine.registry.call.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds the one manifest that is wanted, through an index when there is one. */
final class ManifestSearch {
  /** Entries that do not say their platform; nobody writes more than a few. */
  private static final int MOST_UNNAMED = 8;

  /**
   * A manifest and what it says.
   *
   * @param document its bytes
   * @param manifest read from them
   * @param configurationDocument the image's configuration, whose digest is the image id
   * @param configuration read from them
   */
  record Found(
      Document document,
      Manifest manifest,
      Document configurationDocument,
      Configuration configuration) {
    Platform platform() {
      return new Platform(
          configuration.os().isEmpty() ? "linux" : configuration.os(),
          configuration.architecture(),
          configuration.variant());
    }
  }

  private final Sources sources;
  private final Reference reference;
  private final PullRequest request;

  /**
   * @param reference by digest when that is known
   */
  ManifestSearch(Sources sources, PullRequest request, Reference reference) {
    this.sources = sources;
    this.request = request;
    this.reference = reference;
  }

  /** The top document: an index or a manifest. */
  Document top() throws ImageException, InterruptedException {
    return document(reference);
  }

  private Document document(Reference wanted) throws ImageException, InterruptedException {
    return sources.first(repository -> repository.manifest(wanted, request.reference().familiar()));
  }

  /**
   * The manifest for the wanted platform.
   *
   * @param top what the reference stands for
   */
  Found find(Document top) throws ImageException, InterruptedException {
    try {
      return MediaTypes.isIndex(top.descriptor().mediaType())
          ? choose(Index.of(Json.object(top.bytes())))
          : read(top);
    } catch (JsonException | BadReferenceException e) {
      throw new RegistryException(
          ImageException.Kind.INVALID,
          "%s has a manifest that makes no sense: %s; tell its publisher"
              .formatted(request.reference().familiar(), e.getMessage()),
          0);
    }
  }

  /** What the top document has images for. */
  List<Platform> platforms(Document top) throws ImageException, InterruptedException {
    if (!MediaTypes.isIndex(top.descriptor().mediaType())) {
      return List.of(find(top).platform());
    }
    return Index.of(Json.object(top.bytes())).images().stream()
        .map(Descriptor::platform)
        .filter(Objects::nonNull)
        .toList();
  }

  private Found choose(Index index) throws ImageException, InterruptedException {
    Platform platform = Objects.requireNonNullElseGet(request.platform(), Platform::host);
    PlatformChoice choice = PlatformChoice.of(platform);
    List<Descriptor> images = index.images();
    Optional<Descriptor> best = choice.best(images);
    if (best.isPresent()) {
      return read(document(request.reference().withDigest(best.get().digest())));
    }
    List<Descriptor> unnamed =
        images.stream().filter(entry -> entry.platform() == null).limit(MOST_UNNAMED).toList();
    for (Descriptor entry : unnamed) {
      Found found = read(document(request.reference().withDigest(entry.digest())));
      if (choice.takes(found.platform())) {
        return found;
      }
    }
    List<String> offered = new ArrayList<>();
    images.forEach(entry -> offered.add(String.valueOf(entry.platform())));
    throw new RegistryException(
        ImageException.Kind.NOT_FOUND,
        "no matching manifest for %s in the manifest list entries: %s has %s; name one of these with platform: or --platform"
            .formatted(
                platform,
                request.reference().familiar(),
                offered.isEmpty() ? "no images" : String.join(", ", offered)),
        0);
  }

  private Found read(Document document) throws ImageException, InterruptedException {
    if (!MediaTypes.isManifest(document.descriptor().mediaType())) {
      throw noImage("its document is a " + document.descriptor().mediaType());
    }
    Manifest manifest = Manifest.of(Json.object(document.bytes()));
    String type = manifest.config().mediaType();
    if (!MediaTypes.isConfig(type) && !type.isEmpty() && !type.equals("application/octet-stream")) {
      throw noImage("its configuration is a " + type);
    }
    byte[] bytes = sources.first(repository -> repository.document(manifest.config()));
    Configuration configuration = Configuration.of(Json.object(bytes));
    if (manifest.layers().size() != configuration.diffIds().size()) {
      throw noImage(
          "its manifest has %d layers and its configuration %d"
              .formatted(manifest.layers().size(), configuration.diffIds().size()));
    }
    return new Found(document, manifest, new Document(manifest.config(), bytes), configuration);
  }

  private RegistryException noImage(String why) {
    return new RegistryException(
        ImageException.Kind.INVALID,
        "%s is not an image to run: %s".formatted(request.reference().familiar(), why),
        0);
  }
}
