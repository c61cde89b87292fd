package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.BadReferenceException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;
import java.util.Optional;

/**
 * Asks which manifest a tag stands for now; registries do not count it as a pull. Empty when the
 * registry does not say, or does not know the method.
 */
final class ManifestHead extends ManifestCall<Optional<Descriptor>> {
  ManifestHead(String path, String name, String subject) {
    super(path, name, subject);
  }

  @Override
  public String method() {
    return "HEAD";
  }

  @Override
  public boolean understands(int status) {
    // A registry that refuses HEAD says nothing about the manifest; GET will.
    return status == 200 || status == 404 || status == 405;
  }

  @Override
  public Optional<Descriptor> read(Answer answer) throws ImageException {
    answer.close();
    String digest = answer.header("Docker-Content-Digest");
    if (answer.status() != 200 || digest.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Descriptor(mediaType(answer), Digest.parse(digest), answer.length()));
    } catch (BadReferenceException e) {
      return Optional.empty();
    }
  }
}
