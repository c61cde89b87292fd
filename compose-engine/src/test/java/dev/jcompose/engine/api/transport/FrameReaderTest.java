package dev.jcompose.engine.api.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
  @Test
  void tellsStandardErrorFromStandardOutput() {
    FrameReader reader = reader(frame(1, "out"), frame(1, ""), frame(2, "err"));
    Frame first = reader.next();
    Frame second = reader.next();
    assertThat(first).isNotNull();
    assertThat(first.source()).isEqualTo(Frame.Source.STDOUT);
    assertThat(new String(first.bytes(), UTF_8)).isEqualTo("out");
    assertThat(second).isNotNull();
    assertThat(second.source()).isEqualTo(Frame.Source.STDERR);
    assertThat(reader.next()).isNull();
  }

  @Test
  void handsOutALongFrameInPieces() {
    FrameReader reader = reader(frame(1, "x".repeat(100_000)));
    int total = 0;
    for (Frame piece = reader.next(); piece != null; piece = reader.next()) {
      assertThat(piece.bytes().length).isLessThanOrEqualTo(65536);
      total += piece.bytes().length;
    }
    assertThat(total).isEqualTo(100_000);
  }

  @Test
  void takesBytesOfATerminalAsTheyCome() {
    FrameReader reader = new FrameReader(new ByteArrayInputStream("raw".getBytes(UTF_8)), false);
    Frame frame = reader.next();
    assertThat(frame).isNotNull();
    assertThat(new String(frame.bytes(), UTF_8)).isEqualTo("raw");
    assertThat(reader.next()).isNull();
  }

  @Test
  void complainsAboutAFrameCutShort() {
    byte[] frame = frame(1, "whole");
    FrameReader reader =
        new FrameReader(new ByteArrayInputStream(frame, 0, frame.length - 1), true);
    assertThatThrownBy(reader::next).isInstanceOf(ConnectionLostException.class);
  }

  private static FrameReader reader(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return new FrameReader(new ByteArrayInputStream(all.toByteArray()), true);
  }

  private static byte[] frame(int source, String text) {
    byte[] payload = text.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) source)
        .put(new byte[3])
        .putInt(payload.length)
        .put(payload)
        .array();
  }
}
