package dev.jcompose.engine.http.routes.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.OutputChunk;
import dev.jcompose.engine.container.stream.StreamKind;
import dev.jcompose.engine.http.Exchange;
import dev.jcompose.engine.http.Exchange.RawConnection;
import dev.jcompose.engine.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A client connected to the streams of a process. Output ends when the process closed it, and then
 * so does the session; input may end earlier without ending anything else.
 */
final class RawSession {
  private final Attachment attachment;
  private final boolean stdin;
  private final DetachKeys detachKeys;

  RawSession(Attachment attachment, boolean stdin, DetachKeys detachKeys) {
    this.attachment = attachment;
    this.stdin = stdin;
    this.detachKeys = detachKeys;
  }

  /** Takes the connection over and returns when the session has ended. */
  void run(Exchange exchange) throws IOException, InterruptedException {
    try (attachment) {
      RawConnection raw = exchange.takeOver(contentType(exchange.request(), attachment.terminal()));
      exchange.whenClientGoes(attachment::close);
      pump(raw, attachment, stdin, detachKeys);
    }
  }

  /** Moves bytes both ways on a connection that has been taken over. */
  static void pump(RawConnection raw, Attachment attachment, boolean stdin, DetachKeys detachKeys)
      throws IOException, InterruptedException {
    if (stdin) {
      var _ =
          Thread.ofVirtual()
              .name("stdin")
              .start(() -> forward(raw.input(), attachment, detachKeys));
    }
    FrameWriter frames = new FrameWriter(raw.output(), !attachment.terminal());
    for (OutputChunk chunk = attachment.read(); chunk != null; chunk = attachment.read()) {
      frames.write(chunk.stream(), chunk.bytes());
    }
    raw.output().shutdown();
  }

  /** Says in the stream itself what went wrong: the head of the answer is out already. */
  static void complain(RawConnection raw, boolean terminal, String message) throws IOException {
    new FrameWriter(raw.output(), !terminal)
        .write(StreamKind.STDOUT, ByteBuffer.wrap((message + "\r\n").getBytes(UTF_8)));
    raw.output().shutdown();
  }

  static String contentType(Request request, boolean terminal) {
    // Without an upgrade clients take the connection as it is and expect the old name.
    return terminal || !request.wantsUpgrade() || !request.version().atLeast(1, 42)
        ? FrameWriter.RAW
        : FrameWriter.MULTIPLEXED;
  }

  /** Sends what a client typed; false when these were its detach keys, and it has left. */
  static boolean type(Attachment attachment, DetachKeys detachKeys, byte[] bytes, int count)
      throws IOException {
    if (!attachment.terminal()) {
      attachment.write(bytes, 0, count);
      return true;
    }
    byte[] typed = detachKeys.take(bytes, count);
    attachment.write(typed, 0, typed.length);
    if (detachKeys.isComplete()) {
      attachment.detach();
      return false;
    }
    return true;
  }

  private static void forward(InputStream input, Attachment attachment, DetachKeys detachKeys) {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        if (!type(attachment, detachKeys, buffer, count)) {
          return;
        }
      }
      attachment.closeInput();
    } catch (IOException e) {
      // The process has ended; its last output decides when the session does.
    }
  }
}
