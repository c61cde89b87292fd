import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks a fresh engine for what {@code up}, {@code ps}, {@code logs} and {@code down} ask for, with
 * one real container, and for a pull: who uses a machine for the first time waits for one. What is
 * refused only trains less.
 */
class EngineTraining {
  private static final String NAME = "jcompose-training";
  private static final String CONTAINER = "/v1.47/containers/" + NAME;

  private final Path socket;

  EngineTraining(Path socket) {
    this.socket = socket;
  }

  void run() throws IOException {
    for (String path :
        List.of(
            "/_ping",
            "/v1.47/version",
            "/v1.47/info",
            "/v1.47/containers/json?all=1",
            "/v1.47/networks",
            "/v1.47/volumes",
            "/v1.47/images/json",
            "/v1.47/images/jcompose/base/json",
            "/v1.47/containers/none/json")) {
      ask("GET", path, "");
    }
    ask("POST", "/v1.47/networks/create", "{\"Name\":\"" + NAME + "\"}");
    ask("POST", "/v1.47/volumes/create", "{\"Name\":\"" + NAME + "\"}");
    ask(
        "POST",
        "/v1.47/containers/create?name=" + NAME,
        """
        {"Image":"jcompose/base","Cmd":["sh","-c","echo hello; sleep 60"],"Env":["A=b"],
         "Labels":{"com.docker.compose.project":"training"},
         "Healthcheck":{"Test":["CMD-SHELL","true"],"Interval":1000000000},
         "HostConfig":{"NetworkMode":"%s","Binds":["%s:/data"]},
         "NetworkingConfig":{"EndpointsConfig":{"%s":{"Aliases":["web"]}}}}\
        """
            .formatted(NAME, NAME, NAME));
    ask("POST", CONTAINER + "/start", "");
    ask("GET", "/v1.47/containers/json?all=1", "");
    ask("GET", CONTAINER + "/json", "");
    ask("GET", CONTAINER + "/logs?stdout=1&stderr=1&timestamps=1", "");
    ask("POST", CONTAINER + "/stop?t=0", "");
    ask("DELETE", CONTAINER + "?force=1&v=1", "");
    ask("DELETE", "/v1.47/networks/" + NAME, "");
    ask("DELETE", "/v1.47/volumes/" + NAME, "");
    pull();
  }

  private void pull() throws IOException {
    try (TrainingRegistry registry = new TrainingRegistry()) {
      String image = registry.authority() + "/" + TrainingRegistry.IMAGE;
      ask("POST", "/v1.47/images/create?tag=1&fromImage=" + image, "");
    }
  }

  private void ask(String method, String path, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    if (content.length > 0) {
      head += "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n";
    }
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap((head + "\r\n").getBytes(StandardCharsets.US_ASCII)));
      channel.write(ByteBuffer.wrap(content));
      ByteBuffer answer = ByteBuffer.allocate(8192);
      while (channel.read(answer.clear()) >= 0) {
        if (System.getProperty("dist.debug") != null) {
          System.err.write(answer.array(), 0, answer.position());
        }
      }
    }
  }
}
