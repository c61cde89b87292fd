package dev.jcompose.engine.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that takes {@code CONNECT} and leads every tunnel to the same place. */
public final class TunnelProxy implements AutoCloseable {
  private final ServerSocket server;
  private final String host;
  private final int port;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param destination host and port where tunnels end
   */
  public TunnelProxy(String destination) throws IOException {
    int colon = destination.lastIndexOf(':');
    this.host = destination.substring(0, colon);
    this.port = Integer.parseInt(destination.substring(colon + 1));
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var _ =
        threads.submit(
            () -> {
              while (true) {
                Socket client = server.accept();
                var _ = threads.submit(() -> serve(client));
              }
            });
  }

  /** Host and port. */
  public String domain() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** The heads of the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private Void serve(Socket client) throws IOException {
    try (client;
        Socket destination = new Socket(host, port)) {
      String head = head(client.getInputStream());
      requests.add(head);
      if (!head.startsWith("CONNECT ")) {
        answer(client, "HTTP/1.1 405 Method Not Allowed\r\n\r\n");
        return null;
      }
      answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
      var back =
          threads.submit(
              () -> {
                destination.getInputStream().transferTo(client.getOutputStream());
                client.shutdownOutput();
                return null;
              });
      client.getInputStream().transferTo(destination.getOutputStream());
      destination.shutdownOutput();
      back.get();
      return null;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static void answer(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("a request that ends in its head");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
