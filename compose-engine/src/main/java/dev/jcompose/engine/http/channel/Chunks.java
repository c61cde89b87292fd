package dev.jcompose.engine.http.channel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A body in chunks: each write is one chunk and is sent at once; closing sends the last one. */
public final class Chunks extends OutputStream {
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

  private final Outflow out;
  private boolean closed;

  /** Sends chunks there. */
  public Chunks(Outflow out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return;
    }
    byte[] copy = new byte[length];
    System.arraycopy(bytes, offset, copy, 0, length);
    byte[] size = (Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    out.send(ByteBuffer.wrap(size), ByteBuffer.wrap(copy), ByteBuffer.wrap(CRLF));
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      out.send(ByteBuffer.wrap(LAST));
    }
  }
}
