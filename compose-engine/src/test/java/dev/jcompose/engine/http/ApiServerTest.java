package dev.jcompose.engine.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.api.client.ApiException;
import dev.jcompose.engine.api.client.EngineClient;
import dev.jcompose.engine.api.client.Query;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.transport.Answer;
import dev.jcompose.engine.api.transport.RawStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
  @TempDir Path dir;
  private final AtomicBoolean clientGone = new AtomicBoolean();
  private final AtomicBoolean inputEnded = new AtomicBoolean();
  private final AtomicLong taken = new AtomicLong();
  private final CountDownLatch release = new CountDownLatch(1);
  private ApiServer server;
  private EngineClient client;

  @BeforeEach
  void start() throws Exception {
    server =
        new ApiServer(
            dir.resolve("s"),
            List.of(
                Route.of("GET", "/hello", exchange -> exchange.json(200, Map.of("a", 1))),
                Route.of("HEAD", "/hello", exchange -> exchange.text(200, "OK")),
                Route.of(
                    "POST", "/echo", exchange -> exchange.json(201, exchange.request().json())),
                Route.of(
                    "GET",
                    "/images/{name...}/json",
                    exchange ->
                        exchange.json(200, Map.of("name", exchange.request().variable("name")))),
                Route.of(
                    "POST",
                    "/conflict",
                    exchange -> {
                      throw new EngineException.Conflict("it runs");
                    }),
                Route.of(
                    "POST",
                    "/nothing",
                    exchange -> {
                      throw new EngineException.NotModified("it runs already");
                    }),
                Route.of(
                    "POST",
                    "/bug",
                    exchange -> {
                      throw new IllegalStateException("oops");
                    }),
                Route.of("POST", "/late", this::answerWhenReleased),
                Route.of("GET", "/endless", this::answerForEver),
                Route.of("PUT", "/count", this::countBody),
                Route.raw("POST", "/raw", this::echoUntilEnd),
                Route.raw("POST", "/silent", this::waitForRelease)));
    server.start();
    client = new EngineClient(dir.resolve("s"));
  }

  @AfterEach
  void stop() {
    release.countDown();
    client.close();
    server.close();
  }

  @Test
  void opensTheSocketForItsOwnerAndGroupOnly() throws Exception {
    assertThat(Files.getPosixFilePermissions(dir.resolve("s")))
        .isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
  }

  @Test
  void answersWithAndWithoutAVersion() {
    assertThat(client.get(Query.path("hello")).number("a")).isEqualTo(1);
    assertThat(client.get(Query.path("v1.24", "hello")).number("a")).isEqualTo(1);
    assertThat(client.get(Query.path("v1.47", "hello")).number("a")).isEqualTo(1);
  }

  @Test
  void refusesVersionsItDoesNotSpeak() {
    assertThatThrownBy(() -> client.get(Query.path("v1.99", "hello")))
        .hasMessage("client version 1.99 is too new. Maximum supported API version is 1.47")
        .satisfies(e -> assertThat(((ApiException) e).status()).isEqualTo(400));
    assertThatThrownBy(() -> client.get(Query.path("v1.10", "hello")))
        .hasMessageStartingWith("client version 1.10 is too old. Minimum supported API version");
  }

  @Test
  void answersUnknownPathsAndWrongMethodsAlike() {
    assertThatThrownBy(() -> client.get(Query.path("nowhere"))).hasMessage("page not found");
    assertThatThrownBy(() -> client.delete(Query.path("hello")))
        .hasMessage("page not found")
        .satisfies(e -> assertThat(((ApiException) e).status()).isEqualTo(404));
  }

  @Test
  void putsTheCommonHeadersOnEveryAnswer() throws Exception {
    for (String request :
        List.of("GET /hello HTTP/1.1\r\n\r\n", "GET /x HTTP/1.1\r\n\r\n", "rubbish\r\n\r\n")) {
      String answer = exchange(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertThat(answer)
          .contains("\r\nApi-Version: 1.47\r\n")
          .contains("\r\nOstype: linux\r\n")
          .contains("\r\nDocker-Experimental: false\r\n")
          .contains("\r\nServer: ")
          .contains("\r\nContent-Type: application/json\r\n")
          .endsWith("}\n");
    }
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    assertThat(exchange("HEAD /hello HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .contains("Content-Length: 2\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void lettersOfAnImageNameMayBeSlashes() {
    assertThat(client.get(Query.path("images", "a/b:c", "json")).string("name")).isEqualTo("a/b:c");
  }

  @Test
  void refusesBodiesThatAreNotOneJsonObject() throws Exception {
    assertThat(post("application/json", "{} {}"))
        .contains(" 400 ")
        .contains("unexpected content after JSON");
    assertThat(post("text/plain", "{}"))
        .contains("unsupported Content-Type header (text/plain): must be 'application/json'");
    assertThat(post("application/json; charset=utf-8", "{\"b\":2}")).contains("{\"b\":2}\n");
    assertThat(post("text/plain", "")).contains(" 201 ");
  }

  @Test
  void turnsFailuresIntoStatusAndSentence() throws Exception {
    assertThatThrownBy(() -> client.post(Query.path("conflict"), null))
        .hasMessage("it runs")
        .satisfies(e -> assertThat(((ApiException) e).isConflict()).isTrue());
    assertThat(exchange("POST /nothing HTTP/1.1\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 304 ")
        .endsWith("\r\n\r\n");
    assertThatThrownBy(() -> client.post(Query.path("bug"), null))
        .hasMessageContaining("failed unexpectedly");
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    String answers =
        exchange(
            """
            GET /images/1/json HTTP/1.1

            GET /images/2/json HTTP/1.1

            POST /echo HTTP/1.1
            Content-Type: application/json
            Content-Length: 7

            {"n":3}GET /images/4/json HTTP/1.1
            Connection: close

            """
                .replace("\n", "\r\n"));
    assertThat(answers).containsSubsequence("\"1\"", "\"2\"", "{\"n\":3}", "\"4\"");
  }

  @Test
  void sendsTheHeadOfAStreamBeforeTheHandlerIsDone() {
    try (Answer answer = client.open("POST", Query.path("late"), null)) {
      assertThat(answer.status()).isEqualTo(200);
      release.countDown();
      assertThat(new String(answer.bytes(), UTF_8)).isEqualTo("done");
    }
  }

  @Test
  void tellsAHandlerThatItsClientVanished() {
    try (Answer answer = client.open("POST", Query.path("late"), null)) {
      assertThat(answer.status()).isEqualTo(200);
    }
    await().untilTrue(clientGone);
  }

  @Test
  void holdsAWriterBackWhoseClientDoesNotRead() throws Exception {
    try (Answer answer = client.open("GET", Query.path("endless"), null)) {
      assertThat(answer.status()).isEqualTo(200);
      await().until(() -> taken.get() > 0);
      await()
          .during(java.time.Duration.ofMillis(100))
          .atMost(java.time.Duration.ofSeconds(5))
          .until(taken::get, count -> count < 8 << 20);
    }
  }

  @Test
  void readsLargeBodiesPieceByPiece() {
    byte[] body = new byte[5 << 20];
    try (Answer answer =
        client.upload(
            "PUT", Query.path("count"), "application/x-tar", new ByteArrayInputStream(body))) {
      assertThat(new String(answer.bytes(), UTF_8)).isEqualTo("{\"count\":5242880}\n");
    }
  }

  @Test
  void leavesHttpBehindWithOrWithoutAnUpgrade() throws Exception {
    try (RawStream stream = client.upgrade(Query.path("raw"), null)) {
      stream.output().write("abc".getBytes(UTF_8));
      stream.closeOutput();
      assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("abc.");
    }
    // Input in the same packet as the request, no upgrade asked for.
    String answer =
        exchange("POST /raw HTTP/1.1\r\nContent-Length: 0\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .endsWith("\r\n\r\nGET / HTTP/1.1\r\n\r\n.")
        .doesNotContain("Content-Length")
        .doesNotContain("Transfer-Encoding");
  }

  @Test
  void aClientThatSaysNoMoreKeepsNoProcessorBusy() throws Exception {
    try (RawStream stream = client.upgrade(Query.path("silent"), null)) {
      stream.closeOutput();
      await().until(() -> inputEnded.get());
      long before = loopsNanos();
      await()
          .during(Duration.ofMillis(400))
          .atMost(Duration.ofSeconds(5))
          .until(() -> loopsNanos() - before < 200_000_000);
    }
  }

  /** Processor time of the event loops since they were started. */
  private static long loopsNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().contains("EventLoopGroup")) {
        sum += threads.getThreadCpuTime(thread.getThreadId());
      }
    }
    return sum;
  }

  private void waitForRelease(Exchange exchange) throws Exception {
    Exchange.RawConnection raw = exchange.takeOver("text/plain");
    inputEnded.set(raw.input().read() < 0);
    release.await();
  }

  @Test
  void continuesWhenAskedTo() throws Exception {
    try (SocketChannel channel = SocketChannel.open(address())) {
      write(
          channel,
          String.join(
              "\r\n",
              "POST /echo HTTP/1.1",
              "Expect: 100-continue",
              "Content-Type: application/json",
              "Connection: close",
              "Content-Length: 7",
              "",
              ""));
      ByteBuffer head = ByteBuffer.allocate(25);
      while (head.hasRemaining()) {
        assertThat(channel.read(head)).isPositive();
      }
      assertThat(new String(head.array(), UTF_8)).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      write(channel, "{\"n\":3}");
      assertThat(readAll(channel)).contains(" 201 ").endsWith("{\"n\":3}\n");
    }
  }

  private void answerWhenReleased(Exchange exchange) throws Exception {
    exchange.whenClientGoes(
        () -> {
          clientGone.set(true);
          release.countDown();
        });
    OutputStream out = exchange.stream(200, "text/plain");
    release.await();
    out.write("done".getBytes(UTF_8));
  }

  private void answerForEver(Exchange exchange) throws Exception {
    OutputStream out = exchange.stream(200, "text/plain");
    byte[] piece = new byte[64 * 1024];
    while (true) {
      out.write(piece);
      taken.addAndGet(piece.length);
    }
  }

  private void countBody(Exchange exchange) throws Exception {
    InputStream body = exchange.request().body();
    long count = body.transferTo(OutputStream.nullOutputStream());
    exchange.json(200, JsonObject.builder().put("count", count).build());
  }

  private void echoUntilEnd(Exchange exchange) throws Exception {
    Exchange.RawConnection raw = exchange.takeOver("application/vnd.docker.raw-stream");
    raw.input().transferTo(raw.output());
    raw.output().write('.');
  }

  private String post(String type, String body) throws Exception {
    return exchange(
        "POST /echo HTTP/1.1\r\nConnection: close\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private String exchange(String request) throws Exception {
    try (SocketChannel channel = SocketChannel.open(address())) {
      write(channel, request);
      if (request.startsWith("POST /raw")) {
        channel.shutdownOutput();
      }
      return readAll(channel);
    }
  }

  private UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(dir.resolve("s"));
  }

  private static void write(SocketChannel channel, String text) throws Exception {
    channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private static String readAll(SocketChannel channel) throws Exception {
    StringBuilder all = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(4096);
    while (channel.read(buffer) >= 0) {
      all.append(new String(buffer.array(), 0, buffer.position(), UTF_8));
      buffer.clear();
    }
    return all.toString();
  }
}
