package dev.jcompose.engine.http;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.http.channel.Chunks;
import dev.jcompose.engine.http.channel.Outflow;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A request and the way to answer it: exactly one of {@link #json}, {@link #empty}, {@link #text},
 * {@link #stream}, {@link #takeOver} and {@link #switchTo} is called. Used by the handler's thread;
 * {@link #whenClientGoes} callbacks run on another.
 */
public final class Exchange {
  private static final Map<String, String> COMMON = new LinkedHashMap<>();

  static {
    COMMON.put("Api-Version", ApiVersion.NEWEST.toString());
    COMMON.put("Docker-Experimental", "false");
    COMMON.put("Ostype", "linux");
    COMMON.put("Server", "jcompose (linux)");
  }

  private enum Progress {
    NOT_ANSWERED,
    STREAMING,
    ANSWERED,
    RAW
  }

  private final Request request;
  private final boolean http10;
  private final Outflow out;
  private final InputStream rawInput;
  private final BooleanSupplier mustClose;
  private final Map<String, String> headers = new LinkedHashMap<>(COMMON);
  private final List<Runnable> goneCallbacks = new ArrayList<>();
  private Progress progress = Progress.NOT_ANSWERED;
  private @Nullable OutputStream stream;
  private boolean closes;
  private boolean gone;

  /**
   * Created by the connection.
   *
   * @param mustClose whether the connection cannot be used for another request, asked when the head
   *     of the answer is written
   */
  Exchange(
      Request request,
      boolean http10,
      Outflow out,
      InputStream rawInput,
      BooleanSupplier mustClose) {
    this.request = request;
    this.http10 = http10;
    this.out = out;
    this.rawInput = rawInput;
    this.mustClose = mustClose;
  }

  /** The request. */
  public Request request() {
    return request;
  }

  /** Sets a header of the answer. */
  public Exchange header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Answers with JSON and a line feed, as Docker does. */
  public void json(int status, Object value) throws IOException {
    byte[] json = Json.bytes(value);
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    header("Content-Type", "application/json");
    full(status, line);
  }

  /** Answers with plain text. */
  public void text(int status, String text) throws IOException {
    header("Content-Type", "text/plain; charset=utf-8");
    full(status, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers without a body. */
  public void empty(int status) throws IOException {
    full(status, new byte[0]);
  }

  /** Sends the head of an answer at once; every write to the stream is sent at once too. */
  public OutputStream stream(int status, String contentType) throws IOException {
    header("Content-Type", contentType);
    answering(Progress.STREAMING);
    boolean chunked = !http10;
    closes |= !chunked;
    if (chunked) {
      header("Transfer-Encoding", "chunked");
    }
    out.send(head(status));
    OutputStream body = chunked ? new Chunks(out) : out;
    stream = body;
    return body;
  }

  /** A connection that carries bytes both ways. */
  public record RawConnection(InputStream input, Outflow output) {}

  /**
   * Leaves HTTP behind: 101 when the client asked for an upgrade, else 200 and raw bytes until the
   * end, as some clients expect. Only for routes made with {@link Route#raw}.
   *
   * @param contentType what the bytes to the client are
   */
  public RawConnection takeOver(String contentType) throws IOException {
    answering(Progress.RAW);
    StringBuilder head = new StringBuilder();
    if (request.wantsUpgrade()) {
      head.append("HTTP/1.1 101 UPGRADED\r\n");
      headers.put("Connection", "Upgrade");
      headers.put("Upgrade", "tcp");
    } else {
      head.append("HTTP/1.1 200 OK\r\n");
    }
    header("Content-Type", contentType);
    out.send(finish(head));
    return new RawConnection(rawInput, out);
  }

  /** Leaves HTTP behind for the protocol that the client's upgrade named; as {@link #takeOver}. */
  public RawConnection switchTo(String protocol) throws IOException {
    answering(Progress.RAW);
    headers.put("Connection", "Upgrade");
    headers.put("Upgrade", protocol);
    out.send(finish(new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n")));
    return new RawConnection(rawInput, out);
  }

  /**
   * Has something done when the client goes away before the answer is complete: close what the
   * handler blocks on. Runs at once when it has gone already. Never called for raw connections,
   * where the end of input is no end of interest.
   */
  public void whenClientGoes(Runnable callback) {
    synchronized (goneCallbacks) {
      if (!gone) {
        goneCallbacks.add(callback);
        return;
      }
    }
    callback.run();
  }

  void clientHasGone() {
    List<Runnable> callbacks;
    synchronized (goneCallbacks) {
      gone = true;
      callbacks = List.copyOf(goneCallbacks);
      goneCallbacks.clear();
    }
    callbacks.forEach(Runnable::run);
  }

  boolean isUnanswered() {
    return progress == Progress.NOT_ANSWERED;
  }

  boolean closesConnection() {
    return closes;
  }

  /** Gives a streamed answer up: it ends without its proper end. */
  void abandon() {
    closes = true;
    stream = null;
  }

  /** Ends a streamed answer. */
  void complete() throws IOException {
    OutputStream body = stream;
    if (body instanceof Chunks) {
      body.close();
    }
  }

  private void full(int status, byte[] body) throws IOException {
    answering(Progress.ANSWERED);
    // 204 and 304 must not have a length; everything else says it, even 0.
    if (status != 204 && status != 304) {
      header("Content-Length", Integer.toString(body.length));
    }
    ByteBuffer head = head(status);
    if (request.method().equals("HEAD") || body.length == 0) {
      out.send(head);
    } else {
      out.send(head, ByteBuffer.wrap(body));
    }
  }

  private ByteBuffer head(int status) {
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(HttpResponseStatus.valueOf(status).reasonPhrase())
        .append("\r\n");
    closes |= mustClose.getAsBoolean();
    if (closes) {
      header("Connection", "close");
    }
    return finish(head);
  }

  private ByteBuffer finish(StringBuilder head) {
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("\r\n");
    return ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private void answering(Progress next) {
    if (progress != Progress.NOT_ANSWERED) {
      throw new IllegalStateException("the request has been answered already");
    }
    progress = next;
  }
}
