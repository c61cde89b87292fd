package dev.jcompose.engine.api.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A connection that has left HTTP behind and carries bytes both ways, as attach and exec do. One
 * thread may read while another writes.
 */
public final class RawStream implements AutoCloseable {
  private final Connection connection;
  private final @Nullable String contentType;
  private volatile boolean closed;

  RawStream(Connection connection, @Nullable String contentType) {
    this.connection = connection;
    this.contentType = contentType;
  }

  /** What the engine calls the bytes it sends; null when it did not say. */
  public @Nullable String contentType() {
    return contentType;
  }

  /** The bytes from the engine; ends when it closes its side. */
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : connection.read(target, offset, length);
      }

      @Override
      public void close() {
        RawStream.this.close();
      }
    };
  }

  /** Bytes for the engine, sent at once. Closing it is {@link #closeOutput}. */
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        connection.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        closeOutput();
      }
    };
  }

  /** Tells the engine that no more input comes; its output still can be read. */
  public void closeOutput() throws IOException {
    connection.shutdownOutput();
  }

  /** Whether this side has closed the stream. */
  public boolean isClosed() {
    return closed;
  }

  /** Ends both directions. Safe from any thread; a blocked reader fails at once. */
  @Override
  public void close() {
    closed = true;
    connection.close();
  }
}
