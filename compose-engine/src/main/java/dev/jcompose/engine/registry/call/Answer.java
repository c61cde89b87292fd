package dev.jcompose.engine.registry.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;

/**
 * A registry's answer whose body has not been read yet.
 *
 * @param status HTTP's
 * @param headers names in any case
 * @param uri what was asked last, after redirects
 * @param body to be closed
 */
record Answer(int status, HttpHeaders headers, URI uri, InputStream body) implements AutoCloseable {
  private static final int LARGEST_DOCUMENT = 8 << 20;

  static Answer of(HttpResponse<InputStream> response) {
    return new Answer(response.statusCode(), response.headers(), response.uri(), response.body());
  }

  /** A header; empty when there is none. */
  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The length of the body; -1 when it is not said. */
  long length() {
    return headers.firstValueAsLong("Content-Length").orElse(-1);
  }

  /** The whole body of a document, which is small. */
  byte[] document() throws IOException {
    byte[] bytes = body.readNBytes(LARGEST_DOCUMENT + 1);
    if (bytes.length > LARGEST_DOCUMENT) {
      throw new IOException(uri.getHost() + " sent a document of more than 8 MiB");
    }
    return bytes;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      // Nobody wants the rest.
    }
  }
}
