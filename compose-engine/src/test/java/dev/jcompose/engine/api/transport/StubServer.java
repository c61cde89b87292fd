package dev.jcompose.engine.api.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server of canned behaviour: the script gets each connection it accepts. */
public final class StubServer implements AutoCloseable {
  private final ServerSocketChannel server;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** What to do with a connection. */
  public interface Script {
    void run(Peer peer) throws IOException;
  }

  /** The server's end of one connection. */
  public final class Peer {
    private final SocketChannel channel;
    private final InputStream in;

    Peer(SocketChannel channel) {
      this.channel = channel;
      this.in = Channels.newInputStream(channel);
    }

    /** Reads up to the empty line, and the body when there is a Content-Length. */
    public String request() throws IOException {
      StringBuilder head = new StringBuilder();
      while (!head.toString().endsWith("\r\n\r\n")) {
        int b = in.read();
        if (b < 0) {
          throw new IOException("the client went away");
        }
        head.append((char) b);
      }
      heads.add(head.substring(0, head.indexOf("\r\n")));
      int at = head.indexOf("Content-Length: ");
      if (at >= 0) {
        int length = Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        head.append(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      }
      return head.toString();
    }

    public void send(String text) throws IOException {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public InputStream input() {
      return in;
    }
  }

  public StubServer(Path socket, Script script) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Thread.ofVirtual().start(() -> accept(script));
  }

  /** The first lines of the requests so far. */
  public List<String> heads() {
    return heads;
  }

  private void accept(Script script) {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try (channel) {
                    script.run(new Peer(channel));
                  } catch (IOException e) {
                    // The client went away, which some tests want.
                  }
                });
      }
    } catch (ClosedChannelException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
