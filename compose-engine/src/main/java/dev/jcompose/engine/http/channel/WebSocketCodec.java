package dev.jcompose.engine.http.channel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The server's side of WebSocket frames (RFC 6455). Safe for one reader and several writers. */
public final class WebSocketCodec implements AutoCloseable {
  private static final int LONGEST_FRAME = 1 << 20;

  /** What a client sent. */
  public sealed interface Message {
    /** Bytes or text, or a part of it. */
    @SuppressWarnings("ArrayRecordComponent") // handed straight on, never compared
    record Data(byte[] bytes) implements Message {}

    /** To be answered with {@link #pong}. */
    record Ping(ByteBuffer bytes) implements Message {}

    /** The answer to a ping. */
    record Pong() implements Message {}

    /** Nothing comes after it. */
    record Close() implements Message {}
  }

  private final EmbeddedChannel decoder =
      new EmbeddedChannel(
          new WebSocket13FrameDecoder(
              WebSocketDecoderConfig.newBuilder()
                  .maxFramePayloadLength(LONGEST_FRAME)
                  .expectMaskedFrames(true)
                  .closeOnProtocolViolation(false)
                  .build()));
  private final EmbeddedChannel encoder = new EmbeddedChannel(new WebSocket13FrameEncoder(false));

  /**
   * The messages that are complete with these bytes.
   *
   * @throws IOException when the client does not keep to the protocol, or the codec is closed
   */
  public List<Message> decode(byte[] bytes, int count) throws IOException {
    synchronized (decoder) {
      try {
        decoder.writeInbound(Unpooled.copiedBuffer(bytes, 0, count));
      } catch (CorruptedFrameException e) {
        throw new IOException("the client breaks the WebSocket protocol", e);
      }
      List<Message> messages = new ArrayList<>();
      for (WebSocketFrame next = decoder.readInbound();
          next != null;
          next = decoder.readInbound()) {
        messages.add(message(next));
        next.release();
      }
      return messages;
    }
  }

  private static Message message(WebSocketFrame frame) {
    byte[] bytes = ByteBufUtil.getBytes(frame.content());
    return switch (frame) {
      case CloseWebSocketFrame _ -> new Message.Close();
      case PingWebSocketFrame _ -> new Message.Ping(ByteBuffer.wrap(bytes));
      case PongWebSocketFrame _ -> new Message.Pong();
      default -> new Message.Data(bytes);
    };
  }

  /** Bytes as a message of their own. */
  public ByteBuffer binary(ByteBuffer bytes) {
    return encode(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
  }

  /** UTF-8 as a message of its own. */
  public ByteBuffer text(ByteBuffer bytes) {
    return encode(new TextWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
  }

  /** The answer to a ping. */
  public ByteBuffer pong(ByteBuffer bytes) {
    return encode(new PongWebSocketFrame(Unpooled.wrappedBuffer(bytes)));
  }

  /** The last message, when all has gone well. */
  public ByteBuffer end() {
    return encode(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
  }

  private ByteBuffer encode(WebSocketFrame frame) {
    synchronized (encoder) {
      encoder.writeOutbound(frame);
      ByteBuf bytes = Unpooled.buffer();
      for (ByteBuf next = encoder.readOutbound(); next != null; next = encoder.readOutbound()) {
        bytes.writeBytes(next);
        next.release();
      }
      return bytes.nioBuffer();
    }
  }

  @Override
  public void close() {
    synchronized (decoder) {
      decoder.finishAndReleaseAll();
    }
    synchronized (encoder) {
      encoder.finishAndReleaseAll();
    }
  }
}
