package dev.jcompose.engine.linux.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One received message.
 *
 * @param type message type
 * @param flags header flags
 * @param sequence number of the request that it answers
 * @param payload what follows the header
 */
record NetlinkMessage(int type, int flags, int sequence, ByteBuffer payload) {
  static final int ERROR = 2;
  static final int DONE = 3;
  private static final int HEADER = 16;

  /** The messages of a datagram; a cut-off rest is left out. */
  static List<NetlinkMessage> parse(byte[] datagram) {
    ByteBuffer buffer = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
    List<NetlinkMessage> messages = new ArrayList<>();
    while (buffer.remaining() >= HEADER) {
      int start = buffer.position();
      int length = buffer.getInt(start);
      if (length < HEADER || length > buffer.remaining()) {
        break;
      }
      messages.add(
          new NetlinkMessage(
              Short.toUnsignedInt(buffer.getShort(start + 4)),
              Short.toUnsignedInt(buffer.getShort(start + 6)),
              buffer.getInt(start + 8),
              slice(buffer, start + HEADER, length - HEADER)));
      buffer.position(Math.min(start + align(length), buffer.limit()));
    }
    return messages;
  }

  /** The attributes after a fixed header of {@code skip} bytes. */
  Attributes attributes(int skip) {
    return Attributes.parse(slice(payload, skip, payload.limit() - skip));
  }

  private static int align(int length) {
    return (length + 3) & ~3;
  }

  private static ByteBuffer slice(ByteBuffer buffer, int from, int length) {
    return buffer.slice(from, length).order(ByteOrder.nativeOrder());
  }

  /** Attributes by type; of a type that comes twice, the last. */
  record Attributes(Map<Integer, ByteBuffer> byType) {
    static Attributes parse(ByteBuffer buffer) {
      Map<Integer, ByteBuffer> byType = new HashMap<>();
      int at = 0;
      while (buffer.limit() - at >= 4) {
        int length = Short.toUnsignedInt(buffer.getShort(at));
        int type = Short.toUnsignedInt(buffer.getShort(at + 2)) & 0x3fff;
        if (length < 4 || length > buffer.limit() - at) {
          break;
        }
        byType.put(type, slice(buffer, at + 4, length - 4));
        at += align(length);
      }
      return new Attributes(byType);
    }

    byte @Nullable [] bytes(int type) {
      ByteBuffer value = byType.get(type);
      if (value == null) {
        return null;
      }
      byte[] bytes = new byte[value.limit()];
      value.get(0, bytes);
      return bytes;
    }

    /** Text without its final zero; {@code ""} when there is no such attribute. */
    String text(int type) {
      byte[] bytes = bytes(type);
      if (bytes == null) {
        return "";
      }
      int end = bytes.length;
      while (end > 0 && bytes[end - 1] == 0) {
        end--;
      }
      return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    int int32(int type, int otherwise) {
      ByteBuffer value = byType.get(type);
      return value == null || value.limit() < 4 ? otherwise : value.getInt(0);
    }

    int int8(int type, int otherwise) {
      ByteBuffer value = byType.get(type);
      return value == null || value.limit() < 1 ? otherwise : value.get(0);
    }

    Attributes nested(int type) {
      ByteBuffer value = byType.get(type);
      return value == null ? new Attributes(Map.of()) : parse(value);
    }
  }
}
