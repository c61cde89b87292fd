package dev.jcompose.engine.linux.files;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * File names as text without loss. The kernel's names are bytes, mostly UTF-8; a byte that is not
 * becomes a lone surrogate from U+DC80 on, as Python does it (PEP 383), and turns back into that
 * byte.
 */
public final class FileName {
  private static final char FIRST_ESCAPE = '\uDC00';

  private FileName() {}

  /** The text of these bytes. */
  public static String decode(byte[] name) {
    return decode(name, 0, name.length);
  }

  /** The text of some of these bytes. */
  public static String decode(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] < 0) {
        return decodeUtf8(ByteBuffer.wrap(bytes, offset, length));
      }
    }
    return new String(bytes, offset, length, StandardCharsets.US_ASCII);
  }

  private static String decodeUtf8(ByteBuffer in) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(in.remaining());
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      if (!result.isMalformed()) {
        return out.flip().toString();
      }
      for (int i = 0; i < result.length(); i++) {
        out.put((char) (FIRST_ESCAPE + (in.get() & 0xff)));
      }
      decoder.reset();
    }
  }

  /** The bytes of this text. */
  public static byte[] encode(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i))) {
        return encodeEscaped(name);
      }
    }
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] encodeEscaped(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean paired =
          Character.isHighSurrogate(c)
              && i + 1 < name.length()
              && Character.isLowSurrogate(name.charAt(i + 1));
      if (paired) {
        out.writeBytes(name.substring(i, i + 2).getBytes(StandardCharsets.UTF_8));
        i++;
      } else if (c >= FIRST_ESCAPE + 0x80 && c <= FIRST_ESCAPE + 0xff) {
        out.write(c - FIRST_ESCAPE);
      } else {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
