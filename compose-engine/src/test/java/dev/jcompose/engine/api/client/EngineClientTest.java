package dev.jcompose.engine.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.login.Credential;
import dev.jcompose.engine.api.transport.StubServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineClientTest {
  @TempDir Path dir;

  @Test
  void turnsAnErrorIntoItsSentence() throws Exception {
    try (StubServer server =
            answering(
                "HTTP/1.1 404 Not Found\r\nContent-Length: 32\r\n\r\n"
                    + "{\"message\":\"No such container:\"}");
        EngineClient client = new EngineClient(socket())) {
      assertThatThrownBy(() -> client.containers().inspect("x"))
          .isInstanceOf(ApiException.class)
          .hasMessage("No such container:")
          .satisfies(e -> assertThat(((ApiException) e).isNotFound()).isTrue());
      assertThat(server.heads()).containsExactly("GET /containers/x/json HTTP/1.1");
    }
  }

  @Test
  void refusesANameForWhichDockerLooksElsewhere() throws Exception {
    try (StubServer server =
            answering("HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
        EngineClient client = new EngineClient(socket())) {
      assertThatThrownBy(() -> client.images().inspect("/x:1"))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("/images//x:1/json")
          .satisfies(e -> assertThat(((ApiException) e).status()).isEqualTo(400));
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void sendsFiltersAsSetsPercentEncoded() throws Exception {
    try (StubServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]");
        EngineClient client = new EngineClient(socket())) {
      client.containers().list(true, Map.of("label", List.of("a=b c")));
      assertThat(server.heads())
          .containsExactly(
              "GET /containers/json?all=1&filters="
                  + "%7B%22label%22:%7B%22a%3Db%20c%22:true%7D%7D HTTP/1.1");
    }
  }

  @Test
  void asksTheEngineForTheDigestARegistryHas() throws Exception {
    String body = "{\"Descriptor\":{\"digest\":\"sha256:0\"},\"Platforms\":[]}\n";
    try (StubServer server =
            answering("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        EngineClient client = new EngineClient(socket())) {
      assertThat(client.images().registryDigest("docker.io/library/nginx:1", Credential.NONE))
          .isEqualTo("sha256:0");
      assertThat(server.heads())
          .containsExactly("GET /distribution/docker.io/library/nginx:1/json HTTP/1.1");
    }
  }

  @Test
  void readsOneObjectPerLineHoweverTheyArrive() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  peer.send("8\r\n{\"a\":1}\n\r\n4\r\n{\"a\"\r\n");
                  peer.send("6\r\n:2}\r\n\n\r\n7\r\n{\"a\":3}\r\n0\r\n\r\n");
                });
        EngineClient client = new EngineClient(socket());
        JsonLines lines = client.system().events(Map.of(), null, null)) {
      for (int i = 1; i <= 3; i++) {
        JsonObject line = lines.next();
        assertThat(line).isNotNull();
        assertThat(line.number("a")).isEqualTo(i);
      }
      assertThat(lines.next()).isNull();
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void closingAStreamWakesItsReader() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                  peer.input().read();
                });
        EngineClient client = new EngineClient(socket())) {
      JsonLines lines = client.system().events(Map.of(), null, null);
      CompletableFuture<Boolean> ended = CompletableFuture.supplyAsync(() -> lines.next() == null);
      lines.close();
      assertThat(ended.get(5, TimeUnit.SECONDS)).isTrue();
      assertThat(server.heads()).hasSize(1);
    }
  }

  private StubServer answering(String answer) throws Exception {
    return new StubServer(
        socket(),
        peer -> {
          peer.request();
          peer.send(answer);
        });
  }

  private Path socket() {
    return dir.resolve("s");
  }
}
