package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins an upload, or has the registry take the blob over from another of its repositories. Empty
 * when it did that; else where to send the blob. A registry that cannot take it over begins an
 * upload instead.
 */
final class UploadStart implements Call<Optional<URI>> {
  private final String path;
  private final @Nullable Digest mounted;
  private final String from;

  /** An upload. */
  UploadStart(String path) {
    this(path, null, "");
  }

  /**
   * A mount.
   *
   * @param from path of the repository that has the blob
   */
  UploadStart(String path, @Nullable Digest mounted, String from) {
    this.path = path;
    this.mounted = mounted;
    this.from = from;
  }

  @Override
  public String method() {
    return "POST";
  }

  @Override
  public String target() {
    String uploads = "/v2/" + path + "/blobs/uploads/";
    return mounted == null
        ? uploads
        : uploads
            + "?mount="
            + mounted
            + "&from="
            + URLEncoder.encode(from, StandardCharsets.UTF_8);
  }

  @Override
  public String subject() {
    return path;
  }

  @Override
  public BodyPublisher body() {
    return BodyPublishers.ofByteArray(new byte[0]);
  }

  @Override
  public boolean understands(int status) {
    return status == 202 || (mounted != null && status == 201);
  }

  @Override
  public Optional<URI> read(Answer answer) throws IOException {
    answer.close();
    if (answer.status() == 201) {
      return Optional.empty();
    }
    String location = answer.header("Location");
    if (location.isEmpty()) {
      throw new IOException(answer.uri().getHost() + " does not say where to send a blob");
    }
    return Optional.of(answer.uri().resolve(location));
  }
}
