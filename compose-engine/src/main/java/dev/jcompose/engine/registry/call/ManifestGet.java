package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.MediaTypes;
import java.io.IOException;

/** Fetches a manifest or an index and checks that it is the one that was asked for. */
final class ManifestGet extends ManifestCall<Document> {
  ManifestGet(String path, String name, String subject) {
    super(path, name, subject);
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public boolean understands(int status) {
    return status == 200;
  }

  @Override
  public Document read(Answer answer) throws IOException, ImageException {
    try (answer) {
      String mediaType = mediaType(answer);
      byte[] bytes = answer.document();
      Digest digest = Digest.of(bytes);
      Digest wanted = wanted();
      if (wanted != null && !wanted.equals(digest)) {
        throw new IOException("manifest %s came with the digest %s".formatted(wanted, digest));
      }
      if (!MediaTypes.isManifest(mediaType) && !MediaTypes.isIndex(mediaType)) {
        mediaType = ownMediaType(bytes);
      }
      return new Document(new Descriptor(mediaType, digest, bytes.length), bytes);
    }
  }

  /** Some registries call everything JSON; the document then says itself what it is. */
  private static String ownMediaType(byte[] bytes) throws IOException {
    try {
      String own = Json.object(bytes).string("mediaType");
      if (!own.isEmpty()) {
        return own;
      }
      return Json.object(bytes).get("manifests") == null ? MediaTypes.MANIFEST : MediaTypes.INDEX;
    } catch (JsonException e) {
      throw new IOException("the manifest is no JSON: " + e.getMessage(), e);
    }
  }
}
