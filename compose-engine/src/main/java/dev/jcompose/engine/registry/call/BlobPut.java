package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;

/** Sends a whole blob in one request, which is what every registry takes. */
final class BlobPut implements Call<Digest> {
  private final URI upload;
  private final Digest digest;
  private final Path file;
  private final String subject;
  private final LongConsumer sent;

  /**
   * @param upload where {@link UploadStart} said
   * @param sent is told how many bytes have gone
   */
  BlobPut(URI upload, Digest digest, Path file, String subject, LongConsumer sent) {
    this.upload = upload;
    this.digest = digest;
    this.file = file;
    this.subject = subject;
    this.sent = sent;
  }

  @Override
  public String method() {
    return "PUT";
  }

  @Override
  public String target() {
    String url = upload.toString();
    return url + (upload.getRawQuery() == null ? "?" : "&") + "digest=" + digest;
  }

  @Override
  public String subject() {
    return subject;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Content-Type", "application/octet-stream");
  }

  @Override
  public BodyPublisher body() throws IOException {
    return new CountedBody(BodyPublishers.ofFile(file), sent);
  }

  @Override
  public Duration patience() {
    // It ends the sending too, and lines may be slow.
    return Duration.ofHours(2);
  }

  /** An upload that broke off has to begin anew. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public boolean understands(int status) {
    return status == 201;
  }

  @Override
  public Digest read(Answer answer) {
    answer.close();
    return digest;
  }
}
