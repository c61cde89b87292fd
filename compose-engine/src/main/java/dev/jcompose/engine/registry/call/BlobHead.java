package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;

/** Asks whether a repository has a blob. */
final class BlobHead implements Call<Boolean> {
  private final String path;
  private final Digest digest;

  BlobHead(String path, Digest digest) {
    this.path = path;
    this.digest = digest;
  }

  @Override
  public String method() {
    return "HEAD";
  }

  @Override
  public String target() {
    return "/v2/" + path + "/blobs/" + digest;
  }

  @Override
  public String subject() {
    return path;
  }

  @Override
  public boolean understands(int status) {
    return status == 200 || status == 404;
  }

  @Override
  public Boolean read(Answer answer) {
    answer.close();
    return answer.status() == 200;
  }
}
