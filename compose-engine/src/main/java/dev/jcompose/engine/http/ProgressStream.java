package dev.jcompose.engine.http;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer of JSON lines that begins with the first of them. A failure before that is a status;
 * one after it can only be another line.
 */
public final class ProgressStream {
  private final Exchange exchange;
  private @Nullable OutputStream out;

  /** Answers this request. */
  public ProgressStream(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Sends a line. */
  public synchronized void send(JsonObject value) throws IOException {
    OutputStream stream = out;
    if (stream == null) {
      stream = exchange.stream(200, "application/json");
      out = stream;
    }
    byte[] json = Json.bytes(value);
    byte[] line = Arrays.copyOf(json, json.length + 2);
    line[json.length] = '\r';
    line[json.length + 1] = '\n';
    stream.write(line);
  }

  /**
   * Tells a failure.
   *
   * @return false when nothing has been sent yet, so that it can be a status
   */
  public boolean fail(String message) throws IOException {
    return fail(message, 0);
  }

  /**
   * Tells a failure.
   *
   * @param code the status a command line ends with; 0 for the usual
   * @return false when nothing has been sent yet, so that it can be a status
   */
  public synchronized boolean fail(String message, int code) throws IOException {
    if (out == null) {
      return false;
    }
    JsonObject.Builder detail = JsonObject.builder();
    if (code != 0) {
      detail.put("code", code);
    }
    send(
        JsonObject.builder()
            .put("errorDetail", detail.put("message", message).build())
            .put("error", message)
            .build());
    return true;
  }
}
