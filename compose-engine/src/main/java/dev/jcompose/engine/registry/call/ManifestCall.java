package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.MediaTypes;
import java.util.Map;

/** What asking for a manifest and asking about one have in common. */
abstract class ManifestCall<T> implements Call<T> {
  private static final String ACCEPTED =
      String.join(
          ", ",
          MediaTypes.INDEX,
          MediaTypes.MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST);
  private static final String OLD = "application/vnd.docker.distribution.manifest.v1";

  private final String path;
  private final String name;
  private final String subject;

  /**
   * @param path of the repository
   * @param name tag or digest
   * @param subject the image as the user wrote it
   */
  ManifestCall(String path, String name, String subject) {
    this.path = path;
    this.name = name;
    this.subject = subject;
  }

  @Override
  public final String target() {
    return "/v2/" + path + "/manifests/" + name;
  }

  @Override
  public final String subject() {
    return "manifest for " + subject;
  }

  @Override
  public final Map<String, String> headers() {
    return Map.of("Accept", ACCEPTED);
  }

  /** The type of the document without its parameters. */
  final String mediaType(Answer answer) throws ImageException {
    String type = answer.header("Content-Type");
    int parameters = type.indexOf(';');
    type = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    if (type.startsWith(OLD)) {
      throw new RegistryException(
          ImageException.Kind.INVALID,
          "%s has Docker's manifest of 2015 (schema 1), which carries no digests; ask its publisher to push it anew"
              .formatted(subject),
          answer.status());
    }
    return type;
  }

  /** The digest that was asked for; null when a tag was. */
  final @org.jspecify.annotations.Nullable Digest wanted() {
    return name.startsWith("sha256:") ? Digest.parse(name) : null;
  }
}
