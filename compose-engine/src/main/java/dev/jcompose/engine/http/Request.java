package dev.jcompose.engine.http;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonObject;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a handler sees it. */
public final class Request {
  private static final int MAX_JSON = 16 * 1024 * 1024;

  private final String method;
  private final ApiVersion version;
  private final Map<String, String> variables;
  private final Parameters parameters;
  private final HttpHeaders headers;
  private final InputStream body;

  Request(String method, Router.Match match, HttpHeaders headers, InputStream body) {
    this.method = method;
    this.version = match.version();
    this.variables = match.variables();
    this.parameters = match.parameters();
    this.headers = headers;
    this.body = body;
  }

  /** The method in upper case. */
  public String method() {
    return method;
  }

  /** The version the client speaks; the newest when it did not say. */
  public ApiVersion version() {
    return version;
  }

  /** A variable of the route's template. */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no variable " + name);
    }
    return value;
  }

  /** The query. */
  public Parameters query() {
    return parameters;
  }

  /** A header by its name in any case. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** Whether the client asked to leave HTTP behind. */
  public boolean wantsUpgrade() {
    return headers.contains("Upgrade");
  }

  /** The body as it comes in; reading waits for the client. */
  public InputStream body() {
    return body;
  }

  /**
   * The body as a JSON object; an empty body is an empty object.
   *
   * @throws HttpProblem 400 for another content type
   * @throws dev.jcompose.engine.api.json.JsonException for text that is not one JSON object
   */
  public JsonObject json() throws IOException {
    byte[] bytes = body.readNBytes(MAX_JSON + 1);
    if (bytes.length > MAX_JSON) {
      throw HttpProblem.badRequest("the request's body is longer than " + MAX_JSON + " bytes");
    }
    if (bytes.length == 0) {
      return JsonObject.EMPTY;
    }
    requireJson();
    Object value = Json.parse(bytes);
    return value == null ? JsonObject.EMPTY : Json.asObject(value);
  }

  private void requireJson() {
    String type = headers.get("Content-Type", "");
    int parameter = type.indexOf(';');
    String media = (parameter < 0 ? type : type.substring(0, parameter)).strip();
    if (!media.toLowerCase(Locale.ROOT).equals("application/json")) {
      throw HttpProblem.badRequest(
          "unsupported Content-Type header (" + type + "): must be 'application/json'");
    }
  }
}
