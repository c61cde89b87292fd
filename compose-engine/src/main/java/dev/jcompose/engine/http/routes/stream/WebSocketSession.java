package dev.jcompose.engine.http.routes.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Exchange.RawConnection;
import dev.jcompose.engine.http.HttpProblem;
import dev.jcompose.engine.http.Request;
import dev.jcompose.engine.http.channel.WebSocketCodec;
import dev.jcompose.engine.http.channel.WebSocketCodec.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A client connected to the streams of a process by WebSocket (RFC 6455), as browsers and some
 * libraries do it. Both output streams come as they are, without frames of Docker's; what the
 * client sends is input. Closing the connection leaves the process alone.
 */
final class WebSocketSession {
  /** The header that carries {@link #accept}. */
  static final String ACCEPT = "Sec-WebSocket-Accept";

  private static final String VERSION = "13";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Attachment attachment;
  private final boolean stdin;
  private final DetachKeys detachKeys;
  private final boolean binary;
  private final WebSocketCodec codec = new WebSocketCodec();

  /**
   * @param binary whether output is sent as bytes; older clients get it as text
   */
  WebSocketSession(Attachment attachment, boolean stdin, DetachKeys detachKeys, boolean binary) {
    this.attachment = attachment;
    this.stdin = stdin;
    this.detachKeys = detachKeys;
    this.binary = binary;
  }

  /**
   * What the client's key is answered with.
   *
   * @throws HttpProblem 400 when it does not ask for a WebSocket of this version
   */
  static String accept(Request request) {
    String key = request.header("Sec-WebSocket-Key");
    if (!"websocket".equalsIgnoreCase(request.header("Upgrade"))
        || !VERSION.equals(request.header("Sec-WebSocket-Version"))
        || key == null) {
      throw HttpProblem.badRequest(
          "this is for WebSocket clients: send Upgrade: websocket, Sec-WebSocket-Version: "
              + VERSION
              + " and a key, or use POST /containers/{id}/attach");
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  /**
   * Takes the connection over, with the header of the acceptance set already, and returns when the
   * session has ended.
   */
  void run(Exchange exchange) throws IOException, InterruptedException {
    try (codec;
        attachment) {
      RawConnection raw = exchange.switchTo("websocket");
      exchange.whenClientGoes(attachment::close);
      var _ = Thread.ofVirtual().name("websocket").start(() -> listen(raw));
      for (OutputChunk chunk = attachment.read(); chunk != null; chunk = attachment.read()) {
        ByteBuffer bytes = chunk.bytes();
        raw.output().send(binary ? codec.binary(bytes) : codec.text(bytes));
      }
      raw.output().send(codec.end());
      raw.output().shutdown();
    }
  }

  /** Until the client closes or breaks off: then nobody is left to send output to. */
  private void listen(RawConnection raw) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int count = raw.input().read(buffer); count >= 0; count = raw.input().read(buffer)) {
        for (Message message : codec.decode(buffer, count)) {
          if (!take(raw, message)) {
            return;
          }
        }
      }
    } catch (IOException e) {
      // The process has ended or the client broke the protocol; either way the session ends.
    } finally {
      attachment.closeInput();
      attachment.close();
    }
  }

  /** Whether the session goes on. */
  private boolean take(RawConnection raw, Message message) throws IOException {
    return switch (message) {
      case Message.Data(byte[] bytes) ->
          !stdin || RawSession.type(attachment, detachKeys, bytes, bytes.length);
      case Message.Ping(ByteBuffer bytes) -> {
        raw.output().send(codec.pong(bytes));
        yield true;
      }
      case Message.Pong() -> true;
      case Message.Close() -> false;
    };
  }
}
