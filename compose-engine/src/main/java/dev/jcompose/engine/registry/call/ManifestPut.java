package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** Gives a manifest a name in a repository; all it names must be there. */
final class ManifestPut implements Call<Digest> {
  private final String path;
  private final String tag;
  private final Document manifest;

  ManifestPut(String path, String tag, Document manifest) {
    this.path = path;
    this.tag = tag;
    this.manifest = manifest;
  }

  @Override
  public String method() {
    return "PUT";
  }

  @Override
  public String target() {
    return "/v2/" + path + "/manifests/" + tag;
  }

  @Override
  public String subject() {
    return path + ":" + tag;
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("Content-Type", manifest.descriptor().mediaType());
  }

  @Override
  public BodyPublisher body() {
    return BodyPublishers.ofByteArray(manifest.bytes());
  }

  @Override
  public boolean understands(int status) {
    return status == 201 || status == 200;
  }

  @Override
  public Digest read(Answer answer) {
    answer.close();
    return manifest.descriptor().digest();
  }
}
