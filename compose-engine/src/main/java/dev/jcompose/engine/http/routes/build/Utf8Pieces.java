package dev.jcompose.engine.http.routes.build;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of bytes that come in pieces, which may end within a character. */
final class Utf8Pieces {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private ByteBuffer rest = ByteBuffer.allocate(0);

  String add(ByteBuffer piece) {
    ByteBuffer all =
        ByteBuffer.allocate(rest.remaining() + piece.remaining()).put(rest).put(piece.duplicate());
    all.flip();
    CharBuffer text = CharBuffer.allocate(all.remaining() + 1);
    decoder.decode(all, text, false);
    rest = all;
    return text.flip().toString();
  }
}
