package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.json.JsonException;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.transport.Answer;
import dev.jcompose.engine.api.transport.RawStream;
import dev.jcompose.engine.api.transport.UnixHttp;
import dev.jcompose.engine.api.transport.UnixHttp.Upgrade.Declined;
import dev.jcompose.engine.api.transport.UnixHttp.Upgrade.Opened;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of one engine that speaks the Docker Engine API on a unix socket. Safe for any number of
 * threads; calls block and run in parallel. Besides their results calls end in {@link
 * ApiException}, {@link dev.jcompose.engine.api.transport.EngineUnreachableException}, {@link
 * dev.jcompose.engine.api.transport.ConnectionLostException} or, where a stream is sent, {@link
 * dev.jcompose.engine.api.transport.UnreadableBodyException}.
 */
public final class EngineClient implements AutoCloseable {
  /** What engines say of routes they have not: dockerd and jcompose, and Podman. */
  private static final Set<String> ROUTELESS = Set.of("page not found", "Not Found");

  private static final int MOVED = 301;

  private final UnixHttp http;
  private volatile @Nullable Boolean own;

  /** Opens nothing before the first call. */
  public EngineClient(Path socket) {
    this.http = new UnixHttp(socket);
  }

  /** The engine's socket. */
  public Path socket() {
    return http.socket();
  }

  /** Calls about the engine itself. */
  public SystemCalls system() {
    return new SystemCalls(this);
  }

  /** Whether it is a jcompose engine, which is asked once. */
  public boolean isOwn() {
    Boolean known = own;
    if (known == null) {
      // Several threads may ask at the same time; they learn the same.
      known = system().hasStatus();
      own = known;
    }
    return known;
  }

  /** Calls about containers. */
  public ContainerCalls containers() {
    return new ContainerCalls(this);
  }

  /** Calls about commands inside containers. */
  public ExecCalls execs() {
    return new ExecCalls(this);
  }

  /** Calls about networks. */
  public NetworkCalls networks() {
    return new NetworkCalls(this);
  }

  /** Calls about volumes. */
  public VolumeCalls volumes() {
    return new VolumeCalls(this);
  }

  /** Calls about builds. */
  public BuildCalls builds() {
    return new BuildCalls(this);
  }

  /** Calls about images. */
  public ImageCalls images() {
    return new ImageCalls(this);
  }

  /** Gets an object. */
  public JsonObject get(Query query) {
    return Json.object(call("GET", query, null, null));
  }

  /** Gets an object, waiting no longer than {@code timeout} for the engine to answer. */
  public JsonObject get(Query query, Duration timeout) {
    return Json.object(call("GET", query, null, timeout));
  }

  /** Gets a list of objects. */
  public List<JsonObject> list(Query query) {
    return Json.objects(call("GET", query, null, null));
  }

  /** Posts and returns the object answered; empty when the answer has no body. */
  public JsonObject post(Query query, @Nullable JsonValue body) {
    byte[] answer = call("POST", query, body == null ? null : Json.bytes(body), null);
    return answer.length == 0 ? JsonObject.EMPTY : Json.object(answer);
  }

  /** Sends PUT and reads the object in the answer. */
  public JsonObject put(Query query, JsonValue body) {
    byte[] answer = call("PUT", query, Json.bytes(body), null);
    return answer.length == 0 ? JsonObject.EMPTY : Json.object(answer);
  }

  /** Deletes and returns the body answered, often empty. */
  public byte[] delete(Query query) {
    return call("DELETE", query, null, null);
  }

  /** Starts a call whose answer is one object per line. */
  public JsonLines lines(String method, Query query, @Nullable JsonValue body) {
    return new JsonLines(open(method, query, body));
  }

  /**
   * Starts a call without a body whose answer is one object per line.
   *
   * @param credential what registries are shown
   */
  public JsonLines transfer(String method, Query query, Credential credential) {
    return new JsonLines(
        checked(
            http.call(method, query.toString(), Credential.HEADER + ": " + credential.header()),
            query));
  }

  /** Starts a call and leaves the body of its answer to the caller. */
  public Answer open(String method, Query query, @Nullable JsonValue body) {
    return checked(
        http.call(method, query.toString(), body == null ? null : Json.bytes(body), null), query);
  }

  /** Sends a stream as the body of a call, for instance an archive of type application/x-tar. */
  public Answer upload(String method, Query query, String contentType, InputStream body) {
    return upload(method, query, contentType, List.of(), body);
  }

  /**
   * The same with more headers.
   *
   * @param headers each {@code Name: value}
   */
  public Answer upload(
      String method, Query query, String contentType, List<String> headers, InputStream body) {
    return checked(http.upload(method, query.toString(), contentType, headers, body), query);
  }

  /** Starts a call that turns its connection into a raw stream. */
  public RawStream upgrade(Query query, @Nullable JsonValue body) {
    return switch (http.upgrade(query.toString(), body == null ? null : Json.bytes(body))) {
      case Opened opened -> opened.stream();
      case Declined declined -> throw error(declined.answer());
    };
  }

  /** Closes idle connections; calls under way go on. */
  @Override
  public void close() {
    http.close();
  }

  byte[] call(String method, Query query, byte @Nullable [] json, @Nullable Duration timeout) {
    return checked(http.call(method, query.toString(), json, timeout), query).bytes();
  }

  private Answer checked(Answer answer, Query query) {
    if (answer.status() == MOVED) {
      // Docker tidies a path before it looks for a route: a name has made it an odd one.
      throw new ApiException(400, "a name in " + query + " is none an engine can have");
    }
    if (answer.status() < 400) {
      return answer;
    }
    ApiException error = error(answer);
    boolean unknown = ROUTELESS.contains(String.valueOf(error.getMessage()));
    throw error.status() == 404 && unknown && query.isOfJcompose()
        ? new ApiException(
            error.status(),
            "the engine at "
                + socket()
                + " is not jcompose's own and cannot do this; leave out"
                + " --host to use that one")
        : error;
  }

  private static ApiException error(Answer answer) {
    byte[] body = answer.bytes();
    String text = new String(body, StandardCharsets.UTF_8).strip();
    try {
      String message = Json.object(body).string("message");
      return new ApiException(answer.status(), message.isEmpty() ? text : message);
    } catch (JsonException e) {
      return new ApiException(
          answer.status(), text.isEmpty() ? "the engine answered " + answer.status() : text);
    }
  }
}
