package dev.jcompose.engine.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.image.Digest;
import dev.jcompose.engine.image.oci.Descriptor;
import dev.jcompose.engine.image.oci.Index;
import dev.jcompose.engine.image.oci.MediaTypes;
import dev.jcompose.engine.registry.call.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A registry in this process that can be told to misbehave: a script that takes a request answers
 * it instead.
 */
public final class ScriptedRegistry implements AutoCloseable {
  /** Takes some requests. */
  @FunctionalInterface
  public interface Script {
    /** Answers the request, or tells false to leave it to others. */
    boolean take(HttpExchange exchange) throws IOException;
  }

  private static final Pattern PATH =
      Pattern.compile("/v2/(?<name>.+)/(?<kind>manifests|blobs)/(?<what>[^/]+)");

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Document> manifests = new ConcurrentHashMap<>();
  private final Map<Digest, byte[]> blobs = new ConcurrentHashMap<>();
  private final List<Script> scripts = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public ScriptedRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Host and port. */
  public String domain() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** The image under a name {@code path:tag}, and under its digest. */
  public void add(String name, TestImage image) {
    blobs.putAll(image.blobs());
    put(name, image.manifest());
  }

  /** An index of images under a name. */
  public Document addIndex(String name, List<Descriptor> entries) {
    byte[] bytes = Json.bytes(new Index(MediaTypes.INDEX, entries));
    Document index =
        new Document(new Descriptor(MediaTypes.INDEX, Digest.of(bytes), bytes.length), bytes);
    put(name, index);
    return index;
  }

  private void put(String name, Document document) {
    String path = name.substring(0, name.indexOf(':'));
    manifests.put(name, document);
    manifests.put(path + ":" + document.descriptor().digest(), document);
  }

  /** A blob, right or wrong. */
  public void blob(Digest digest, byte[] content) {
    blobs.put(digest, content);
  }

  /** Has a script look at requests before anything else; the latest first. */
  public void script(Script script) {
    scripts.addFirst(script);
  }

  /** Method and path of all requests so far, with {@code " Range"} behind those for a part. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** The requests that contain this text. */
  public List<String> requests(String text) {
    List<String> found = new ArrayList<>(requests);
    found.removeIf(request -> !request.contains(text));
    return found;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (range == null ? "" : " " + range));
    try (exchange) {
      for (Script script : scripts) {
        if (script.take(exchange)) {
          return;
        }
      }
      serve(exchange);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      answer(exchange, 404, "{}");
    } else if (path.group("kind").equals("manifests")) {
      Document document = manifests.get(path.group("name") + ":" + path.group("what"));
      if (document == null) {
        error(exchange, 404, "MANIFEST_UNKNOWN", "manifest unknown");
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", document.descriptor().mediaType());
      exchange
          .getResponseHeaders()
          .set("Docker-Content-Digest", document.descriptor().digest().toString());
      send(exchange, 200, document.bytes(), 0);
    } else {
      byte[] blob = blobs.get(Digest.parse(path.group("what")));
      if (blob == null) {
        error(exchange, 404, "BLOB_UNKNOWN", "blob unknown to registry");
        return;
      }
      sendBlob(exchange, blob);
    }
  }

  /** Sends a blob, or the part that is asked for. */
  public static void sendBlob(HttpExchange exchange, byte[] blob) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (range != null) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, blob.length - 1, blob.length));
    }
    send(exchange, range == null ? 200 : 206, blob, from);
  }

  /**
   * Promises a whole body, sends a part of it, and cuts the connection.
   *
   * @param arrival returns when the client has taken some of it: what waits in the client's buffers
   *     at the cut is lost to it
   */
  public static void cut(
      HttpExchange exchange, int status, byte[] body, int from, int to, Runnable arrival)
      throws IOException {
    if (status == 206) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes %d-%d/%d".formatted(from, body.length - 1, body.length));
    }
    exchange.sendResponseHeaders(status, body.length - from);
    OutputStream out = exchange.getResponseBody();
    out.write(body, from, to - from);
    out.flush();
    arrival.run();
    exchange.close();
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int from)
      throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    int length = body.length - from;
    exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    exchange.getResponseBody().write(body, from, length);
  }

  /** Answers with a short text. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Answers with an error as registries word it. */
  public static void error(HttpExchange exchange, int status, String code, String message)
      throws IOException {
    answer(
        exchange,
        status,
        Json.print(
            Map.of("errors", List.of(Map.of("code", code, "message", message, "detail", "")))));
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
