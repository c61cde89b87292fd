package dev.jcompose.engine.api.transport;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** One connection with its read buffer. Used by one call at a time; closing is safe from any. */
final class Connection {
  private static final int BUFFER = 16 * 1024;
  private static final int MAX_LINE = 64 * 1024;

  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

  private Connection(SocketChannel channel) {
    this.channel = channel;
  }

  static Connection unconnected() throws IOException {
    return new Connection(SocketChannel.open(StandardProtocolFamily.UNIX));
  }

  void connect(Path socket) throws IOException {
    channel.connect(UnixDomainSocketAddress.of(socket));
  }

  /** Whether the other side has kept an idle connection open and silent. */
  boolean isStillOpen() {
    try {
      if (in.hasRemaining()) {
        return false;
      }
      channel.configureBlocking(false);
      in.clear();
      int count = channel.read(in);
      in.flip();
      channel.configureBlocking(true);
      return count == 0;
    } catch (IOException e) {
      return false;
    }
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Reads at least one byte, or returns -1 at the end. */
  int read(byte[] target, int offset, int length) throws IOException {
    if (!in.hasRemaining() && !fill()) {
      return -1;
    }
    int count = Math.min(length, in.remaining());
    in.get(target, offset, count);
    return count;
  }

  /** Reads a line without its end, which may be CR LF or LF. */
  String readLine() throws IOException {
    byte[] line = new byte[128];
    int length = 0;
    while (true) {
      if (!in.hasRemaining() && !fill()) {
        throw new EOFException("the engine closed the connection");
      }
      byte b = in.get();
      if (b == '\n') {
        int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        return new String(line, 0, end, StandardCharsets.ISO_8859_1);
      }
      if (length == MAX_LINE) {
        throw new IOException("a line of the answer is longer than " + MAX_LINE + " bytes");
      }
      if (length == line.length) {
        line = Arrays.copyOf(line, length * 2);
      }
      line[length++] = b;
    }
  }

  void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing is left to be done with it either way.
    }
  }

  private boolean fill() throws IOException {
    in.clear();
    int count = channel.read(in);
    in.flip();
    return count > 0;
  }
}
