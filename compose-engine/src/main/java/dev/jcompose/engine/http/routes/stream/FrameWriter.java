package dev.jcompose.engine.http.routes.stream;

import dev.jcompose.engine.container.stream.StreamKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Output of a container on its way to a client: with a header before each piece (stream number,
 * three zeros, length in big endian), or as it is when a terminal wrote it.
 */
final class FrameWriter {
  static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
  static final String RAW = "application/vnd.docker.raw-stream";

  private static final int HEADER = 8;

  private final OutputStream out;
  private final boolean multiplexed;

  FrameWriter(OutputStream out, boolean multiplexed) {
    this.out = out;
    this.multiplexed = multiplexed;
  }

  /** Sends pieces of one stream as one frame, in one write. */
  void write(StreamKind stream, ByteBuffer... pieces) throws IOException {
    int length = 0;
    for (ByteBuffer piece : pieces) {
      length += piece.remaining();
    }
    if (length == 0) {
      return;
    }
    ByteBuffer frame = ByteBuffer.allocate((multiplexed ? HEADER : 0) + length);
    if (multiplexed) {
      frame.put((byte) stream.number()).put((byte) 0).put((byte) 0).put((byte) 0).putInt(length);
    }
    for (ByteBuffer piece : pieces) {
      frame.put(piece);
    }
    out.write(frame.array(), 0, frame.position());
  }
}
