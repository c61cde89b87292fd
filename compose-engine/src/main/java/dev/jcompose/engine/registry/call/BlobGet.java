package dev.jcompose.engine.registry.call;

import dev.jcompose.engine.image.Digest;
import java.io.IOException;
import java.util.Map;

/** Fetches a blob from some byte on. A registry that does not know ranges sends all of it. */
final class BlobGet implements Call<BlobBody> {
  private final String path;
  private final Digest digest;
  private final long offset;

  BlobGet(String path, Digest digest, long offset) {
    this.path = path;
    this.digest = digest;
    this.offset = offset;
  }

  @Override
  public String method() {
    return "GET";
  }

  @Override
  public String target() {
    return "/v2/" + path + "/blobs/" + digest;
  }

  @Override
  public String subject() {
    return "blob " + digest + " of " + path;
  }

  @Override
  public Map<String, String> headers() {
    return offset == 0 ? Map.of() : Map.of("Range", "bytes=" + offset + "-");
  }

  @Override
  public boolean understands(int status) {
    return status == 200 || (offset > 0 && status == 206);
  }

  @Override
  public BlobBody read(Answer answer) throws IOException {
    long length = answer.length();
    IdleGuard body = new IdleGuard(answer.body(), answer.uri().getHost());
    if (answer.status() == 206) {
      String range = answer.header("Content-Range");
      if (!range.startsWith("bytes " + offset + "-")) {
        body.close();
        throw new IOException("byte %d was asked for and \"%s\" was sent".formatted(offset, range));
      }
      return new BlobBody(body, offset, length < 0 ? -1 : offset + length);
    }
    return new BlobBody(body, 0, length);
  }
}
