package dev.jcompose.engine.image.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.Reference;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.registry.BlobUpload;
import dev.jcompose.engine.registry.Registries;
import dev.jcompose.engine.registry.Sources;
import dev.jcompose.engine.registry.call.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends projects to registries and fetches them, as artifacts of OCI image-spec 1.1 that docker
 * compose reads, too. All methods block.
 */
public final class ProjectArtifacts {
  private static final String PROJECT = "application/vnd.docker.compose.project";
  private static final String EMPTY = "application/vnd.oci.empty.v1+json";
  private static final String VERSION = "com.docker.compose.version";
  private static final int MOST_FILES = 100;
  private static final long MOST_BYTES = 16 << 20;

  private final Registries registries;

  /**
   * A published project.
   *
   * @param digest of its manifest
   */
  public record Published(Digest digest, List<ProjectFile> files) {
    public Published {
      files = List.copyOf(files);
    }
  }

  /** Through these registries. */
  public ProjectArtifacts(Registries registries) {
    this.registries = registries;
  }

  /**
   * Sends a project.
   *
   * @param temporary a folder of this call alone
   * @return the digest of its manifest
   * @throws ImageException when the registry refuses, fails or is out of reach
   */
  public Digest push(
      Reference reference, Credential credential, List<ProjectFile> files, Path temporary)
      throws ImageException, InterruptedException, IOException {
    Sources target = registries.toWrite(reference, credential, List.of());
    BlobUpload upload = new BlobUpload(digest -> temporary.resolve(digest.hex()), target);
    Descriptor config = send("{}".getBytes(UTF_8), EMPTY, Map.of(), temporary, target, upload);
    List<Descriptor> layers = new ArrayList<>();
    for (ProjectFile file : files) {
      layers.add(
          send(
              file.text().getBytes(UTF_8),
              file.kind().mediaType(),
              Map.of(file.kind().annotation(), file.name()),
              temporary,
              target,
              upload));
    }
    byte[] bytes =
        Json.bytes(
            JsonObject.builder()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.MANIFEST)
                .put("artifactType", PROJECT)
                .put("config", config)
                .put("layers", layers)
                .put("annotations", Map.of(VERSION, "jcompose"))
                .build());
    Document document =
        new Document(new Descriptor(MediaTypes.MANIFEST, Digest.of(bytes), bytes.length), bytes);
    String tag = reference.tag() == null ? "latest" : reference.tag();
    target.first(
        place -> {
          place.putManifest(tag, document);
          return true;
        });
    return document.descriptor().digest();
  }

  private static Descriptor send(
      byte[] bytes,
      String mediaType,
      Map<String, String> annotations,
      Path temporary,
      Sources target,
      BlobUpload upload)
      throws ImageException, InterruptedException, IOException {
    Digest digest = Digest.of(bytes);
    Files.write(temporary.resolve(digest.hex()), bytes);
    if (!target.first(place -> place.has(digest))) {
      upload.send(digest, Optional.empty(), sent -> {});
    }
    return new Descriptor(mediaType, digest, bytes.length, null, "", annotations);
  }

  /**
   * Fetches a project.
   *
   * @throws ImageException when the registry refuses, fails or is out of reach, or the name is not
   *     that of a project
   */
  public Published pull(Reference reference, Credential credential)
      throws ImageException, InterruptedException {
    Sources source = registries.toRead(reference, credential);
    Document document = source.first(place -> place.manifest(reference, reference.familiar()));
    JsonObject manifest = Json.object(document.bytes());
    List<ProjectFile> files = new ArrayList<>();
    for (Descriptor layer : manifest.records("layers", Descriptor::of)) {
      ProjectFile.Kind kind = kind(layer);
      if (kind != null) {
        if (layer.size() > MOST_BYTES || files.size() == MOST_FILES) {
          throw new ImageException(
              ImageException.Kind.INVALID,
              reference.familiar()
                  + " has more than %d files or one of more than 16 MiB".formatted(MOST_FILES));
        }
        byte[] bytes = source.first(place -> place.document(layer));
        files.add(new ProjectFile(name(layer, kind), kind, new String(bytes, UTF_8)));
      }
    }
    if (files.stream().noneMatch(file -> file.kind() == ProjectFile.Kind.COMPOSE)) {
      throw new ImageException(
          ImageException.Kind.INVALID,
          reference.familiar()
              + " is no Compose project; name what jcompose publish or docker compose publish"
              + " sent");
    }
    return new Published(document.descriptor().digest(), files);
  }

  private static ProjectFile.@Nullable Kind kind(Descriptor layer) {
    for (ProjectFile.Kind kind : ProjectFile.Kind.values()) {
      if (kind.mediaType().equals(layer.mediaType())) {
        return kind;
      }
    }
    return null;
  }

  /** A name that stays in its folder, whatever the registry says. */
  private static String name(Descriptor layer, ProjectFile.Kind kind) {
    String given = layer.annotations().getOrDefault(kind.annotation(), "");
    String last = given.substring(given.lastIndexOf('/') + 1);
    boolean usable = !last.isEmpty() && !last.startsWith(".") && last.indexOf('\0') < 0;
    return usable ? last : kind == ProjectFile.Kind.COMPOSE ? "compose.yaml" : "project.env";
  }
}
