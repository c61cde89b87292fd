package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QuickstartIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  private static final Path FOLDER = Jcompose.sample("quickstart");

  @Test
  void bringsTheGuestBookUpAndTakesEverythingAwayAgain() throws IOException {
    int port = freePort();
    Map<String, String> environment =
        Map.of("PORT", Integer.toString(port), "GREETING", "Good morning", "PAUSE_SECONDS", "1");

    JCOMPOSE.runIn(FOLDER, environment, "up", "-d").succeeded();

    assertThat(page(port)).contains("Good morning");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(page(port)).contains("the worker was here"));
    assertThat(JCOMPOSE.runIn(FOLDER, environment, "ps").succeeded().stdout())
        .contains("quickstart-web-1")
        .contains("(healthy)")
        .contains(port + "->8080/tcp")
        .contains("quickstart-worker-1");
    assertThat(JCOMPOSE.runIn(FOLDER, environment, "logs").succeeded().stdout())
        .contains("web-1     | listening on port 8080")
        .contains("worker-1  | round 1: 201 thank you");

    // The volume outlives the containers, until -v.
    JCOMPOSE.runIn(FOLDER, environment, "down").succeeded();
    JCOMPOSE.runIn(FOLDER, environment, "up", "-d", "web").succeeded();
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(page(port)).contains("the worker was here, round 1"));

    JCOMPOSE.runIn(FOLDER, environment, "down", "-v").succeeded();
    assertThat(JCOMPOSE.runIn(FOLDER, environment, "ps", "-a", "-q").succeeded().stdout())
        .isEmpty();
  }

  private static String page(int port) throws IOException {
    try (InputStream in = URI.create("http://127.0.0.1:" + port + "/").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
