package dev.jcompose.engine.api.transport;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request: status, headers, and the body to be read to its end (then the connection
 * is reused) or closed (then it is dropped).
 */
public final class Answer implements AutoCloseable {
  private final int status;
  private final List<String> headers;
  private final Body body;

  Answer(int status, List<String> headers, Body body) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** A header's value by its name in any case. */
  public @Nullable String header(String name) {
    return header(headers, name);
  }

  /** The body as it comes in. */
  public InputStream body() {
    return body;
  }

  /** Reads the rest of the body. */
  public byte[] bytes() {
    try {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new ConnectionLostException("the answer broke off: " + e.getMessage(), e);
    }
  }

  /** Whether this side has closed the answer before its end. */
  public boolean isClosed() {
    return body.isClosed();
  }

  /** Drops what has not been read. Safe from any thread; a blocked reader fails at once. */
  @Override
  public void close() {
    body.close();
  }

  static @Nullable String header(List<String> headers, String name) {
    for (String header : headers) {
      int length = name.length();
      if (header.length() > length
          && header.charAt(length) == ':'
          && header.regionMatches(true, 0, name, 0, length)) {
        return header.substring(length + 1).trim();
      }
    }
    return null;
  }
}
