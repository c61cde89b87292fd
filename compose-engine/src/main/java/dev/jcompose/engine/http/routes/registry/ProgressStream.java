package dev.jcompose.engine.http.routes.registry;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.http.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer of JSON lines that begins with the first of them. A failure before that is a status;
 * one after it can only be another line.
 */
final class ProgressStream {
  private final Exchange exchange;
  private @Nullable OutputStream out;

  ProgressStream(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Sends a line. */
  synchronized void send(JsonObject value) throws IOException {
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
  synchronized boolean fail(String message) throws IOException {
    if (out == null) {
      return false;
    }
    send(
        JsonObject.builder()
            .put("errorDetail", JsonObject.builder().put("message", message).build())
            .put("error", message)
            .build());
    return true;
  }
}
