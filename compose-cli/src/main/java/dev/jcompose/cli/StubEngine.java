package dev.jcompose.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Gives {@link Training} the answers an engine would give, always the same ones, so that the class
 * cache can be made on a machine where no engine may run.
 */
final class StubEngine implements AutoCloseable {
  private static final String ID = "0123456789abcdef".repeat(4);
  private static final String LABELS =
      """
      {"com.docker.compose.project":"training","com.docker.compose.service":"%s",
       "com.docker.compose.container-number":"1","com.docker.compose.oneoff":"False",
       "com.docker.compose.config-hash":"0"}\
      """;
  private static final String SUMMARY =
      """
      {"Id":"%s","Names":["/training-%s-1"],"Image":"jcompose/base","ImageID":"sha256:0",
       "Command":"sh -c 'sleep 60'","Created":1767225600,"State":"running",
       "Status":"Up 5 minutes (healthy)","Labels":%s,
       "Ports":[{"IP":"127.0.0.1","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}],
       "Mounts":[{"Type":"volume","Name":"training_data","Source":"/s","Destination":"/data",
       "Driver":"local","Mode":"z","RW":true,"Propagation":""}],
       "HostConfig":{"NetworkMode":"training_default"},
       "NetworkSettings":{"Networks":{"training_default":{"NetworkID":"%s",
       "IPAddress":"10.0.0.2","Gateway":"10.0.0.1","Aliases":["web"]}}}}\
      """;
  private static final String INSPECT =
      """
      {"Id":"%s","Name":"/training-web-1","Created":"2026-01-01T00:00:00Z","Image":"sha256:0",
       "State":{"Status":"running","Running":true,"ExitCode":0,"StartedAt":"2026-01-01T00:00:00Z",
       "FinishedAt":"0001-01-01T00:00:00Z","Health":{"Status":"healthy"}},
       "Config":{"Image":"jcompose/base","Labels":%s,"Cmd":["sleep","60"],"Tty":false},
       "HostConfig":{"NetworkMode":"training_default","LogConfig":{"Type":"json-file"}},
       "Mounts":[],"NetworkSettings":{"Networks":{},"Ports":{}}}\
      """;
  private static final String IMAGE =
      """
      {"Id":"sha256:0","RepoTags":["jcompose/base:latest"],"Architecture":"amd64","Os":"linux",
       "Size":1,"Created":"2026-01-01T00:00:00Z","Config":{"Cmd":["sh"],"Labels":null}}\
      """;

  private static final String BUILD =
      """
      {"event":"begin","step":1,"name":"[built 1/2] FROM jcompose/base","time":1767225600000}
      {"event":"cached","step":1}
      {"event":"done","step":1,"time":1767225600000}
      {"event":"begin","step":2,"name":"[built 2/2] RUN make","time":1767225600000}
      {"event":"output","step":2,"text":"made\\n","time":1767225600000}
      {"event":"done","step":2,"time":1767225600001}
      {"event":"warning","text":"built"}
      {"event":"built","image":"sha256:0","tags":["training-built:latest"]}
      """;

  private final ServerSocketChannel server;
  private volatile boolean containersExist;

  /**
   * Listens.
   *
   * @param containersExist whether the project's containers are there from the beginning; else they
   *     are once they were started
   */
  StubEngine(Path socket, boolean containersExist) throws IOException {
    this.containersExist = containersExist;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  /** Serves on a thread of its own. */
  StubEngine start() {
    Thread.ofVirtual().start(this::accept);
    return this;
  }

  /**
   * Serves in a process of its own, so that its classes stay out of the cache that is being made;
   * until it is killed.
   *
   * @param args the socket, and whether the containers exist from the beginning
   */
  public static void main(String[] args) throws IOException {
    new StubEngine(Path.of(args[0]), Boolean.parseBoolean(args[1])).accept();
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException closed) {
      // The training is over.
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      String request = head(channel);
      while (!request.isEmpty()) {
        boolean goesOn = answer(channel, request);
        if (!goesOn) {
          return;
        }
        request = head(channel);
      }
    } catch (IOException gone) {
      // Clients close connections whenever they like.
    }
  }

  private boolean answer(SocketChannel channel, String head) throws IOException {
    String[] words = head.split(" ", 3);
    String path = words[1].replaceFirst("^/v[0-9.]+", "").replaceFirst("\\?.*", "");
    skipBody(channel, head);
    containersExist |= path.endsWith("/start");
    if (path.endsWith("/logs")) {
      byte[] line = "2026-01-01T00:00:00.000000000Z hello\n".getBytes(StandardCharsets.UTF_8);
      ByteBuffer frame = ByteBuffer.allocate(8 + line.length).put((byte) 1).put(new byte[3]);
      frame.putInt(line.length).put(line);
      send(channel, "200 OK", "application/vnd.docker.multiplexed-stream", frame.array());
      return true;
    }
    if (path.equals("/events")) {
      write(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      head(channel);
      return false;
    }
    String body =
        switch (path) {
          case "/containers/json" ->
              containersExist ? "[" + summary("web") + "," + summary("db") + "]" : "[]";
          case "/networks" -> "[]";
          case "/volumes" -> "{\"Volumes\":[]}";
          case "/volumes/create" -> "{\"Name\":\"training_data\",\"Driver\":\"local\"}";
          case "/networks/create", "/containers/create" -> "{\"Id\":\"" + ID + "\"}";
          case "/jcompose/build" -> BUILD;
          case "/version" -> "{\"ApiVersion\":\"1.47\"}";
          default ->
              path.startsWith("/images/")
                  ? IMAGE
                  : words[0].equals("GET") ? INSPECT.formatted(ID, LABELS.formatted("web")) : "";
        };
    send(
        channel,
        body.isEmpty() ? "204 No Content" : "200 OK",
        "application/json",
        body.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private static String summary(String service) {
    return SUMMARY.formatted(ID, service, LABELS.formatted(service), ID);
  }

  private static void send(SocketChannel channel, String status, String type, byte[] body)
      throws IOException {
    String length = status.startsWith("204") ? "" : "Content-Length: " + body.length + "\r\n";
    write(channel, "HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\n" + length + "\r\n");
    ByteBuffer rest = ByteBuffer.wrap(body);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static void write(SocketChannel channel, String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Everything up to the empty line; the empty text at the end of the connection. */
  private static String head(SocketChannel channel) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      if (channel.read(one.clear()) < 0) {
        return "";
      }
      head.write(one.get(0));
    }
    return head.toString(StandardCharsets.US_ASCII);
  }

  private static void skipBody(SocketChannel channel, String head) throws IOException {
    for (String line : head.lines().toList()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        ByteBuffer body =
            ByteBuffer.allocate(Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()));
        while (body.hasRemaining() && channel.read(body) >= 0) {}
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
