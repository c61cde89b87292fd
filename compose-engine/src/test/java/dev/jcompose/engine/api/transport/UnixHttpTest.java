package dev.jcompose.engine.api.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.api.transport.UnixHttp.Upgrade;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixHttpTest {
  @TempDir Path dir;

  @Test
  void reusesAConnectionWhoseAnswerWasReadWhole() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  connections.incrementAndGet();
                  while (true) {
                    peer.request();
                    peer.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
                  }
                });
        UnixHttp http = new UnixHttp(socket())) {
      for (int i = 0; i < 3; i++) {
        assertThat(new String(http.call("GET", "/_ping", null, null).bytes(), UTF_8))
            .isEqualTo("ok");
      }
      assertThat(connections).hasValue(1);
      assertThat(server.heads()).containsOnly("GET /_ping HTTP/1.1");
    }
  }

  @Test
  void opensANewConnectionWhenTheIdleOneWasClosed() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
        UnixHttp http = new UnixHttp(socket())) {
      for (int i = 0; i < 3; i++) {
        assertThat(http.call("GET", "/x", null, null).status()).isEqualTo(200);
      }
      assertThat(server.heads()).hasSize(3);
    }
  }

  @Test
  void readsChunkedBodiesInWhateverPieces() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");
                  peer.send("c\r\n2;ext=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n");
                  peer.request();
                });
        UnixHttp http = new UnixHttp(socket())) {
      Answer answer = http.call("GET", "/x", null, null);
      assertThat(new String(answer.bytes(), UTF_8)).isEqualTo("abcde");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void runsCallsOfManyThreadsAtOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(20);
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  all.countDown();
                  try {
                    all.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  peer.send("HTTP/1.1 204 No Content\r\n\r\n");
                });
        UnixHttp http = new UnixHttp(socket());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(threads.submit(() -> http.call("POST", "/x", null, null).status()));
      }
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isEqualTo(204);
      }
      assertThat(server.heads()).hasSize(20);
    }
  }

  @Test
  void saysThatNobodyAnswersOnTheSocket() {
    try (UnixHttp http = new UnixHttp(socket())) {
      assertThatThrownBy(() -> http.call("GET", "/_ping", null, null))
          .isInstanceOf(EngineUnreachableException.class)
          .hasMessageContaining(socket().toString());
    }
  }

  @Test
  void givesUpWhenTheTimeIsOver() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  peer.input().read();
                });
        UnixHttp http = new UnixHttp(socket())) {
      assertThatThrownBy(() -> http.call("GET", "/_ping", null, Duration.ofMillis(50)))
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("the engine did not answer in time");
      Awaitility.await().untilAsserted(() -> assertThat(server.heads()).hasSize(1));
    }
  }

  @Test
  void carriesBytesBothWaysAndEndsTheDirectionsSeparately() throws Exception {
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  assertThat(peer.request()).contains("Upgrade: tcp\r\n");
                  // Output may come in the same packet as the head of the answer.
                  peer.send("HTTP/1.1 101 UPGRADED\r\nContent-Type: a/b\r\n\r\nhello ");
                  String input = new String(peer.input().readAllBytes(), UTF_8);
                  peer.send("got " + input);
                });
        UnixHttp http = new UnixHttp(socket())) {
      Upgrade upgrade = http.upgrade("/containers/x/attach", null);
      assertThat(upgrade).isInstanceOf(Upgrade.Opened.class);
      try (RawStream stream = ((Upgrade.Opened) upgrade).stream()) {
        stream.output().write("input".getBytes(UTF_8));
        stream.closeOutput();
        assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("hello got input");
        assertThat(stream.contentType()).isEqualTo("a/b");
      }
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void uploadsInChunks() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  assertThat(peer.request()).contains("Transfer-Encoding: chunked");
                  long count = 0;
                  String tail = "";
                  while (!tail.endsWith("0\r\n\r\n")) {
                    byte[] some = new byte[8192];
                    int n = peer.input().read(some);
                    count += n;
                    tail = new String(some, Math.max(0, n - 5), Math.min(5, n), UTF_8);
                  }
                  peer.send(
                      "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"
                          + (count > 1 << 20 ? "y" : "n"));
                });
        UnixHttp http = new UnixHttp(socket())) {
      Answer answer =
          http.upload(
              "PUT", "/x", "application/x-tar", List.of(), new ByteArrayInputStream(megabyte));
      assertThat(new String(answer.bytes(), UTF_8)).isEqualTo("y");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void aBodyThatCannotBeReadEndsTheCallAndNotTheBody() throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    try (StubServer server =
            new StubServer(
                socket(),
                peer -> {
                  peer.request();
                  received.add(new String(peer.input().readAllBytes(), UTF_8));
                });
        UnixHttp http = new UnixHttp(socket())) {
      InputStream body =
          new SequenceInputStream(
              new ByteArrayInputStream("begun".getBytes(UTF_8)),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("the disk is gone");
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                  throw new IOException("the disk is gone");
                }
              });
      assertThatThrownBy(() -> http.upload("PUT", "/x", "application/x-tar", List.of(), body))
          .isInstanceOf(UnreadableBodyException.class)
          .hasMessageContaining("the disk is gone");
      assertThat(received.poll(30, TimeUnit.SECONDS)).contains("begun").doesNotEndWith("0\r\n\r\n");
    }
  }

  private Path socket() {
    return dir.resolve("s");
  }
}
