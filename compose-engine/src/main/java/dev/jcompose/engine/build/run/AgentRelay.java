package dev.jcompose.engine.build.run;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * A socket that passes everything on to an ssh agent, so that the one in the container can belong
 * to another user and ends with the step.
 */
public final class AgentRelay implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AgentRelay.class.getName());

  private final ServerSocketChannel server;
  private final Path agent;

  private AgentRelay(ServerSocketChannel server, Path agent) {
    this.server = server;
    this.agent = agent;
  }

  /**
   * Begins to listen.
   *
   * @param socket is made
   * @param agent where the agent listens
   */
  public static AgentRelay open(Path socket, Path agent) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    AgentRelay relay = new AgentRelay(server, agent);
    Thread.ofVirtual().name("ssh-relay").start(relay::accept);
    return relay;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (ClosedChannelException e) {
      // The step has ended.
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "no more connections to the ssh agent", e);
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        SocketChannel upstream = SocketChannel.open(UnixDomainSocketAddress.of(agent))) {
      Thread answers = Thread.ofVirtual().start(() -> copy(upstream, client));
      copy(client, upstream);
      answers.join();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the ssh agent at " + agent + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer block = ByteBuffer.allocate(1 << 14);
    try {
      while (from.read(block) >= 0) {
        block.flip();
        while (block.hasRemaining()) {
          to.write(block);
        }
        block.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One side has gone; the other learns it by the end of its connection.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
