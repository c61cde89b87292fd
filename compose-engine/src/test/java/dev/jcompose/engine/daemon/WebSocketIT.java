package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JDK's WebSocket client, attached to containers. */
@Timeout(60)
class WebSocketIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @AutoClose private static ServedEngine engine;
  private static EngineClient client;
  @AutoClose private static ServerSocketChannel door;

  @BeforeAll
  static void start() throws Exception {
    engine = ServedEngine.start();
    client = engine.client;
    // The client speaks TCP only.
    door = ServerSocketChannel.open();
    door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Thread.ofVirtual().start(WebSocketIT::letIn);
  }

  @AfterEach
  void removeContainers() {
    engine.program.removeContainers();
  }

  private static void letIn() {
    try {
      while (true) {
        SocketChannel outside = door.accept();
        SocketChannel inside =
            SocketChannel.open(UnixDomainSocketAddress.of(engine.program.state.socket()));
        Thread.ofVirtual().start(() -> carry(outside, inside));
        Thread.ofVirtual().start(() -> carry(inside, outside));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private static void carry(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException gone) {
      // One of the two has left.
    }
  }

  /** What came, and how it ended. */
  private static final class Received implements WebSocket.Listener {
    private final AtomicReference<String> text = new AtomicReference<>("");
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private void add(String more) {
      text.accumulateAndGet(more, String::concat);
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      add(StandardCharsets.UTF_8.decode(data).toString());
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      add("as text: " + data);
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      add("pong " + StandardCharsets.UTF_8.decode(message) + "\n");
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(status);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  private static WebSocket attach(String id, String version, String query, Received received)
      throws Exception {
    URI uri =
        URI.create(
            "ws://localhost:"
                + ((InetSocketAddress) door.getLocalAddress()).getPort()
                + version
                + "/containers/"
                + id
                + "/attach/ws?"
                + query);
    return HTTP.newWebSocketBuilder().buildAsync(uri, received).get(20, TimeUnit.SECONDS);
  }

  private static String create(boolean terminal, String line) {
    JsonObject request =
        JsonObject.builder()
            .put("Image", "jcompose/base")
            .put("Cmd", List.of("sh", "-c", line))
            .put("OpenStdin", true)
            .put("Tty", terminal)
            .put("HostConfig", JsonObject.builder().put("NetworkMode", "none").build())
            .build();
    return client.post(Query.path("containers", "create"), () -> request).string("Id");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void carriesInputAndOutputAndClosesWhenTheProcessHasEnded() throws Exception {
    String id = create(false, "read a; echo got $a; read b; echo then $b >&2; exit 3");
    Received received = new Received();
    WebSocket socket = attach(id, "/v1.47", "stream=1&stdin=1&stdout=1&stderr=1", received);
    client.containers().start(id);
    socket.sendText("text\n", true).get(20, TimeUnit.SECONDS);
    await().until(() -> received.text.get().equals("got text\n"));
    socket.sendPing(bytes("there?")).get(20, TimeUnit.SECONDS);
    await().until(() -> received.text.get().endsWith("pong there?\n"));
    socket.sendBinary(bytes("by"), false).get(20, TimeUnit.SECONDS);
    socket.sendBinary(bytes("tes\n"), true).get(20, TimeUnit.SECONDS);
    assertThat(received.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(received.text.get()).endsWith("then bytes\n");
    assertThat(client.containers().inspect(id).state().exitCode()).isEqualTo(3);
  }

  @Test
  void leavesTheContainerRunningWhenTheClientCloses() throws Exception {
    String id = create(true, "echo up; while read line; do echo \"[$line]\"; done");
    client.containers().start(id);
    Received received = new Received();
    WebSocket first = attach(id, "", "stream=1&stdin=1&stdout=1&logs=1", received);
    await().until(() -> received.text.get().contains("up"));
    first.sendClose(WebSocket.NORMAL_CLOSURE, "enough").get(20, TimeUnit.SECONDS);
    assertThat(received.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(client.containers().inspect(id).state().running()).isTrue();

    Received old = new Received();
    WebSocket second = attach(id, "/v1.24", "stream=1&stdin=1&stdout=1&logs=1", old);
    await().until(() -> old.text.get().startsWith("as text: up"));
    second.sendText("hello\n", true).get(20, TimeUnit.SECONDS);
    await().until(() -> old.text.get().contains("[hello]"));
    second.sendBinary(bytes("\u0010\u0011"), true).get(20, TimeUnit.SECONDS);
    assertThat(old.closed.get(20, TimeUnit.SECONDS)).isEqualTo(1000);
    assertThat(client.containers().inspect(id).state().running()).isTrue();
  }

  @Test
  void refusesWhatNoClientShouldBeConnectedToBeforeTheSocketOpens() {
    assertThatThrownBy(() -> attach("nothing", "", "stream=1&stdout=1", new Received()))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(404));
    String id = create(false, "sleep 99");
    assertThatThrownBy(() -> client.get(Query.path("containers", id, "attach", "ws")))
        .hasMessageContaining("this is for WebSocket clients");
  }
}
