package dev.jcompose.engine.network;

import dev.jcompose.engine.linux.NamespaceThread;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A sleeping process in a network namespace of its own, which stands in for a container. */
final class StandIn implements AutoCloseable {
  static final int TIMEOUT_MILLIS = 1500;

  final String id;
  final String name;
  final Path namespace;
  private final Process process;
  private final NamespaceThread threads;
  private final List<Closeable> open = new ArrayList<>();

  StandIn(String name, NamespaceThread threads) throws IOException {
    byte[] bytes = new byte[32];
    new Random().nextBytes(bytes);
    this.id = HexFormat.of().formatHex(bytes);
    this.name = name;
    this.threads = threads;
    this.process = new ProcessBuilder("unshare", "-n", "sleep", "600").start();
    this.namespace = Path.of("/proc/" + process.pid() + "/ns/net");
    Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> !Files.readSymbolicLink(namespace).equals(own));
  }

  EndpointRequest request(String... aliases) {
    return EndpointRequest.of(id, name, List.of(aliases));
  }

  <T> T inside(Callable<T> work) throws Exception {
    return threads.call(namespace, work);
  }

  long pid() {
    return process.pid();
  }

  /** A TCP server that answers every line with the caller's address and the line. */
  int serveTcp(int port) throws Exception {
    ServerSocketChannel server =
        inside(
            () -> {
              ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.INET);
              return channel.bind(new InetSocketAddress("0.0.0.0", port));
            });
    open.add(server);
    Thread.ofVirtual().start(() -> acceptAll(server));
    return server.socket().getLocalPort();
  }

  static void acceptAll(ServerSocketChannel server) {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void answer(SocketChannel client) {
    try (client) {
      // Reads to the end: only a client whose half-close arrives gets an answer.
      byte[] line = Channels.newInputStream(client).readAllBytes();
      String caller = ((InetSocketAddress) client.getRemoteAddress()).getAddress().getHostAddress();
      Channels.newOutputStream(client)
          .write(
              (caller + " " + new String(line, StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // the client's assertion fails
    }
  }

  /** A UDP server that answers every datagram with the caller's address and the datagram. */
  void serveUdp(int port) throws Exception {
    DatagramChannel server =
        inside(
            () ->
                DatagramChannel.open(StandardProtocolFamily.INET)
                    .bind(new InetSocketAddress("0.0.0.0", port)));
    open.add(server);
    Thread.ofVirtual()
        .start(
            () -> {
              ByteBuffer buffer = ByteBuffer.allocate(2048);
              while (server.isOpen()) {
                try {
                  InetSocketAddress client = (InetSocketAddress) server.receive(buffer.clear());
                  String text = StandardCharsets.UTF_8.decode(buffer.flip()).toString();
                  server.send(
                      ByteBuffer.wrap(
                          (client.getAddress().getHostAddress() + " " + text)
                              .getBytes(StandardCharsets.UTF_8)),
                      client);
                } catch (IOException e) {
                  return;
                }
              }
            });
  }

  String askTcp(InetAddress address, int port, String line) throws Exception {
    try {
      return inside(() -> tcp(address, port, line));
    } catch (IOException e) {
      throw new IOException(
          name + " could not ask " + address.getHostAddress() + ":" + port + " \"" + line + "\"",
          e);
    }
  }

  String askUdp(InetAddress address, int port, String text) throws Exception {
    return inside(() -> udp(address, port, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Sends a line, ends the output, and returns the answer; from the calling thread's network. */
  static String tcp(InetAddress address, int port, String line) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String udp(InetAddress address, int port, byte[] message) throws IOException {
    return new String(udpBytes(address, port, message), StandardCharsets.UTF_8);
  }

  static byte[] udpBytes(InetAddress address, int port, byte[] message) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.connect(new InetSocketAddress(address, port));
      socket.send(new DatagramPacket(message, message.length));
      DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  void die() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() throws IOException {
    for (Closeable closeable : open) {
      closeable.close();
    }
    die();
  }
}
