package dev.jcompose.engine.api.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** The body of an answer: of known length, in chunks, or until the connection ends. */
final class Body extends InputStream {
  private enum Shape {
    FIXED,
    CHUNKED,
    UNTIL_CLOSE
  }

  private final Connection connection;
  private final Runnable whenRead;
  private final Shape shape;

  /** Bytes left in the body or in the current chunk. */
  private long left;

  private boolean firstChunk = true;
  private boolean ended;
  private volatile boolean closed;

  private Body(Connection connection, Shape shape, long left, Runnable whenRead) {
    this.connection = connection;
    this.shape = shape;
    this.left = left;
    this.whenRead = whenRead;
    if (shape == Shape.FIXED && left == 0) {
      end();
    }
  }

  /**
   * {@code whenRead} runs once, when the last byte has been read and the connection is reusable.
   */
  static Body fixed(Connection connection, long length, Runnable whenRead) {
    return new Body(connection, Shape.FIXED, length, whenRead);
  }

  static Body chunked(Connection connection, Runnable whenRead) {
    return new Body(connection, Shape.CHUNKED, 0, whenRead);
  }

  static Body untilClose(Connection connection) {
    return new Body(connection, Shape.UNTIL_CLOSE, Long.MAX_VALUE, connection::close);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (ended) {
      return -1;
    }
    if (shape == Shape.CHUNKED && left == 0 && !nextChunk()) {
      return -1;
    }
    int count = connection.read(target, offset, (int) Math.min(length, left));
    if (count < 0) {
      if (shape == Shape.UNTIL_CLOSE) {
        end();
        return -1;
      }
      throw new EOFException("the engine closed the connection in the middle of its answer");
    }
    left -= count;
    if (shape == Shape.FIXED && left == 0) {
      end();
    }
    return count;
  }

  /** Drops the connection unless the body has been read whole. Safe from any thread. */
  @Override
  public void close() {
    closed = true;
    if (!ended) {
      connection.close();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private boolean nextChunk() throws IOException {
    if (!firstChunk) {
      connection.readLine();
    }
    firstChunk = false;
    String size = connection.readLine();
    int extension = size.indexOf(';');
    String digits = (extension < 0 ? size : size.substring(0, extension)).trim();
    try {
      left = Long.parseLong(digits, 16);
    } catch (NumberFormatException e) {
      throw new IOException("\"" + digits + "\" is not the size of a chunk", e);
    }
    if (left == 0) {
      while (!connection.readLine().isEmpty()) {
        // Trailers carry nothing we use.
      }
      end();
      return false;
    }
    return true;
  }

  private void end() {
    ended = true;
    whenRead.run();
  }
}
