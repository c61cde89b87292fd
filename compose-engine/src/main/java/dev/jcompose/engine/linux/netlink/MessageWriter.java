package dev.jcompose.engine.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Lays out netlink messages one after the other. Numbers are in the machine's byte order unless the
 * method says otherwise; attributes are padded to four bytes ({@code linux/netlink.h}).
 */
public final class MessageWriter {
  /** Flag of an attribute that holds attributes. */
  static final int NESTED = 0x8000;

  private ByteBuffer buffer = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

  /** Appends a message; {@code body} writes its fixed header and attributes. */
  public MessageWriter message(int type, int flags, int sequence, Consumer<MessageWriter> body) {
    int start = buffer.position();
    int32(0);
    int16(type);
    int16(flags);
    int32(sequence);
    int32(0);
    body.accept(this);
    buffer.putInt(start, buffer.position() - start);
    return this;
  }

  /** Appends one byte. */
  public MessageWriter int8(int value) {
    room(1).put((byte) value);
    return this;
  }

  /** Appends two bytes. */
  public MessageWriter int16(int value) {
    room(2).putShort((short) value);
    return this;
  }

  /** Appends four bytes. */
  public MessageWriter int32(int value) {
    room(4).putInt(value);
    return this;
  }

  /** Appends an attribute of raw bytes. */
  public MessageWriter bytes(int type, byte[] value) {
    room(4 + value.length + 3);
    buffer.putShort((short) (4 + value.length)).putShort((short) type).put(value);
    pad();
    return this;
  }

  /** Appends an attribute of one byte. */
  public MessageWriter attribute8(int type, int value) {
    return bytes(type, new byte[] {(byte) value});
  }

  /** Appends an attribute of four bytes. */
  public MessageWriter attribute32(int type, int value) {
    return bytes(type, ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array());
  }

  /** Appends an attribute of four bytes in network byte order, as nfnetlink wants all numbers. */
  public MessageWriter network32(int type, int value) {
    return bytes(type, ByteBuffer.allocate(4).putInt(value).array());
  }

  /** Appends an attribute of text with a final zero byte. */
  public MessageWriter text(int type, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    return bytes(type, Arrays.copyOf(text, text.length + 1));
  }

  /** Appends an attribute that holds what {@code content} writes. */
  public MessageWriter nest(int type, Consumer<MessageWriter> content) {
    int start = buffer.position();
    int16(0);
    int16(type | NESTED);
    content.accept(this);
    int length = buffer.position() - start;
    if (length > 0xffff) {
      throw new IllegalStateException("attribute " + type + " has " + length + " bytes");
    }
    buffer.putShort(start, (short) length);
    return this;
  }

  /** Everything written so far. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private void pad() {
    while (buffer.position() % 4 != 0) {
      room(1).put((byte) 0);
    }
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + bytes))
              .order(ByteOrder.nativeOrder());
      buffer = larger.put(buffer.flip());
    }
    return buffer;
  }
}
