package dev.jcompose.engine.http.channel;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to a channel as a blocking stream: every write is flushed at once, and waits while the
 * client does not take what was written before. Not for the event loop itself.
 */
public final class Outflow extends OutputStream {
  private final Channel channel;

  /** Writes to this channel. */
  public Outflow(Channel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int b) throws IOException {
    send(ByteBuffer.wrap(new byte[] {(byte) b}));
  }

  /** Sends a copy of the bytes. */
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    send(ByteBuffer.wrap(copy));
  }

  /** Sends buffers in one piece; their bytes must not change afterwards. */
  public void send(ByteBuffer... buffers) throws IOException {
    if (!channel.isActive()) {
      throw new IOException("the client has gone");
    }
    ChannelFuture sent = channel.writeAndFlush(Unpooled.wrappedBuffer(buffers));
    if (!channel.isWritable()) {
      await(sent);
    }
  }

  /** Ends this direction once everything has been sent; the client can still write. */
  public void shutdown() throws IOException {
    if (channel instanceof DuplexChannel duplex && channel.isActive()) {
      // Only when everything before has gone: shutting down drops what waits for a slow client.
      var _ =
          channel
              .writeAndFlush(Unpooled.EMPTY_BUFFER)
              .addListener(
                  sent -> {
                    var _ = duplex.shutdownOutput();
                  });
    }
  }

  private static void await(ChannelFuture sent) throws IOException {
    try {
      var _ = sent.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while the client did not read");
      interrupted.initCause(e);
      throw interrupted;
    }
    @Nullable Throwable cause = sent.cause();
    if (cause != null) {
      throw new IOException("the client has gone", cause);
    }
  }
}
