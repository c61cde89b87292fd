package dev.jcompose.engine.image.exchange;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Index;
import dev.jcompose.engine.image.oci.Manifest;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.image.oci.Platform;
import dev.jcompose.engine.image.oci.PlatformChoice;
import dev.jcompose.engine.image.store.BlobWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the images of an archive by whichever list it has. */
final class ArchiveIndex {
  private static final int DEEPEST = 4;

  private final Members members;
  private final Platform platform;

  /**
   * @param platform which image of several is taken
   */
  ArchiveIndex(Members members, Platform platform) {
    this.members = members;
    this.platform = platform;
  }

  /**
   * The images in the order of the list.
   *
   * @throws IOException when there is no list, or it names what is not there
   */
  List<Candidate> images() throws IOException {
    try {
      if (members.has(OciLayout.MARKER) && members.has(OciLayout.INDEX)) {
        return ofLayout();
      }
      if (members.has(DockerManifest.FILE)) {
        return ofDocker();
      }
    } catch (JsonException | BadReferenceException e) {
      throw new IOException("its lists make no sense: " + e.getMessage(), e);
    }
    throw new IOException(
        "it has neither index.json nor manifest.json, so it is no archive of images; an archive of"
            + " files is taken by `jcompose image import`");
  }

  private List<Candidate> ofDocker() throws IOException {
    List<Candidate> images = new ArrayList<>();
    for (JsonObject json : Json.objects(members.document(DockerManifest.FILE))) {
      DockerManifest manifest = DockerManifest.of(json);
      List<Members.Later> layers = new ArrayList<>();
      for (String layer : manifest.layers()) {
        BlobWriter file = members.file(layer);
        layers.add(() -> file);
      }
      images.add(
          new Candidate(
              members.file(manifest.config()),
              layers,
              manifest.repoTags().stream().map(name -> Reference.parse(name).orLatest()).toList()));
    }
    return images;
  }

  private List<Candidate> ofLayout() throws IOException {
    Index index = Index.of(Json.asObject(members.json(OciLayout.INDEX)));
    // The same image stands in the list once for each of its names.
    Map<Digest, List<Reference>> names = new LinkedHashMap<>();
    for (Descriptor entry : index.manifests()) {
      Optional<Descriptor> manifest = manifest(entry, 0);
      if (manifest.isPresent()) {
        names
            .computeIfAbsent(manifest.get().digest(), digest -> new ArrayList<>())
            .addAll(name(entry));
      }
    }
    if (names.isEmpty()) {
      throw new IOException("it has no image for " + platform);
    }
    List<Candidate> images = new ArrayList<>();
    for (Map.Entry<Digest, List<Reference>> entry : names.entrySet()) {
      images.add(candidate(entry.getKey(), entry.getValue()));
    }
    return images;
  }

  /**
   * One image of a layout.
   *
   * @throws IOException when it is not there, naming those that are
   */
  Candidate image(LayoutReference wanted) throws IOException {
    if (!members.has(OciLayout.MARKER) || !members.has(OciLayout.INDEX)) {
      throw new IOException("it is no OCI image layout, as oci-layout or index.json is missing");
    }
    try {
      Index index = Index.of(Json.asObject(members.json(OciLayout.INDEX)));
      Descriptor entry = entry(index.manifests(), wanted);
      Descriptor manifest =
          manifest(entry, 0)
              .orElseThrow(() -> new IOException(entry.digest() + " is no image for " + platform));
      return candidate(manifest.digest(), List.of());
    } catch (JsonException | BadReferenceException e) {
      throw new IOException("its lists make no sense: " + e.getMessage(), e);
    }
  }

  private static Descriptor entry(List<Descriptor> entries, LayoutReference wanted)
      throws IOException {
    Digest digest = wanted.digest();
    for (Descriptor entry : entries) {
      if (digest == null
          ? tag(entry).equals(wanted.tag().isEmpty() ? "latest" : wanted.tag())
          : entry.digest().equals(digest)) {
        return entry;
      }
    }
    if (digest == null && wanted.tag().isEmpty() && entries.size() == 1) {
      return entries.getFirst();
    }
    throw new IOException(
        "it has no image %s; there are %s"
            .formatted(
                digest != null ? digest : wanted.tag().isEmpty() ? "latest" : wanted.tag(),
                entries.isEmpty()
                    ? "none"
                    : entries.stream()
                        .map(entry -> tag(entry).isEmpty() ? "@" + entry.digest() : tag(entry))
                        .collect(Collectors.joining(", "))));
  }

  /** The tag of an entry, which some writers put behind the image's name. */
  private static String tag(Descriptor entry) {
    String name = entry.annotations().getOrDefault(OciLayout.REFERENCE_NAME, "");
    int colon = name.lastIndexOf(':');
    return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : name;
  }

  private Optional<Descriptor> manifest(Descriptor entry, int depth) throws IOException {
    if (MediaTypes.isManifest(entry.mediaType())) {
      // An entry alone is wanted whatever it is for; in a nested list one is chosen.
      boolean artifact = new Index("", List.of(entry)).images().isEmpty();
      return artifact ? Optional.empty() : Optional.of(entry);
    }
    if (!MediaTypes.isIndex(entry.mediaType()) || depth > DEEPEST) {
      return Optional.empty();
    }
    Index nested = Index.of(Json.object(bytes(entry.digest())));
    List<Descriptor> images = new ArrayList<>();
    for (Descriptor image : nested.images()) {
      if (members.has(OciLayout.blob(image.digest()))) {
        images.add(image);
      }
    }
    Optional<Descriptor> best = PlatformChoice.of(platform).best(images);
    return best.isPresent() || images.size() != 1 ? best : Optional.of(images.getFirst());
  }

  private Candidate candidate(Digest digest, List<Reference> names) throws IOException {
    Manifest manifest = Manifest.of(Json.object(bytes(digest)));
    List<Members.Later> layers = new ArrayList<>();
    for (Descriptor layer : manifest.layers()) {
      layers.add(members.layer(layer.digest()));
    }
    return new Candidate(members.blob(manifest.config().digest()), layers, names);
  }

  private byte[] bytes(Digest digest) throws IOException {
    var _ = members.blob(digest);
    return members.document(OciLayout.blob(digest));
  }

  private static List<Reference> name(Descriptor entry) {
    String full = entry.annotations().get(OciLayout.FULL_NAME);
    if (full != null) {
      return List.of(Reference.parse(full).orLatest());
    }
    String reference = entry.annotations().getOrDefault(OciLayout.REFERENCE_NAME, "");
    // A tag alone names no image.
    return reference.indexOf(':') > 0 || reference.indexOf('/') > 0
        ? List.of(Reference.parse(reference).orLatest())
        : List.of();
  }
}
