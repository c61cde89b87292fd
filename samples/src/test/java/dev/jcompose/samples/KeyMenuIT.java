package dev.jcompose.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The keys of an attached {@code up}, typed on a pseudo-terminal. */
class KeyMenuIT {
  @RegisterExtension static final Jcompose JCOMPOSE = new Jcompose();

  private static final String PROJECT =
      """
      name: keys
      services:
        web:
          image: jcompose/base
          init: true
          command: sh -c 'echo hello; exec sleep infinity'
      """;

  private static final String RULES =
      """
          develop:
            watch:
              - {path: src, action: sync, target: /app}
      """;

  @TempDir Path folder;
  private Path output;

  @BeforeEach
  void makeProject() throws IOException {
    output = folder.resolve("output");
    Files.createDirectory(folder.resolve("src"));
  }

  @AfterEach
  void takeAway() {
    JCOMPOSE.runIn(folder, Map.of(), "down", "-t", "0").succeeded();
  }

  @Test
  void watchesWithWAndLeavesTheContainersRunningWithD() throws Exception {
    Files.writeString(folder.resolve("compose.yaml"), PROJECT + RULES);
    Process up = JCOMPOSE.startOnTerminal(folder, output, "up");
    awaitSeen("web-1  | hello");
    awaitSeen("w watch files   d detach   Ctrl-C stop");

    type(up, "w");
    awaitSeen("Watching for changes");
    awaitSeen("w stop watching");
    Files.writeString(folder.resolve("src/file"), "new");
    awaitSeen("Copied 1 change into web");
    assertThat(JCOMPOSE.runIn(folder, Map.of(), "exec", "-T", "web", "cat", "/app/file").stdout())
        .isEqualTo("new");
    type(up, "w");
    awaitSeen("Not watching any more");

    type(up, "d");
    assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).as(seen()).isZero();
    assertThat(JCOMPOSE.runIn(folder, Map.of(), "ps", "--status", "running", "--services").stdout())
        .isEqualTo("web\n");
  }

  @Test
  void saysWhenThereIsNothingToWatchAndStopsWithCtrlC() throws Exception {
    Files.writeString(folder.resolve("compose.yaml"), PROJECT);
    Process up = JCOMPOSE.startOnTerminal(folder, output, "up");
    awaitSeen("d detach");
    type(up, "w");
    awaitSeen("no service has anything to watch; add develop.watch");

    type(up, "\003");
    awaitSeen("Stopping gracefully");
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).as(seen()).isEqualTo(130);
  }

  @Test
  void killsWithASecondCtrlC() throws Exception {
    Files.writeString(
        folder.resolve("compose.yaml"),
        """
        name: keys
        services:
          web:
            image: jcompose/base
            command: sh -c 'trap "echo not yet" TERM; echo hello; while :; do sleep 0.1; done'
            stop_grace_period: 1h
        """);
    Process up = JCOMPOSE.startOnTerminal(folder, output, "up");
    awaitSeen("web-1  | hello");
    type(up, "\003");
    awaitSeen("Stopping gracefully; Ctrl-C again kills");
    awaitSeen("web-1  | not yet");
    assertThat(up.isAlive()).isTrue();

    type(up, "\003");
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).as(seen()).isEqualTo(130);
    assertThat(JCOMPOSE.runIn(folder, Map.of(), "ps", "-a", "--format", "{{.State}} {{.ExitCode}}"))
        .extracting(Jcompose.Result::stdout)
        .isEqualTo("exited 137\n");
  }

  @Test
  void showsNoLineWhereItIsNotWanted() throws Exception {
    Files.writeString(folder.resolve("compose.yaml"), PROJECT);
    Process up = JCOMPOSE.startOnTerminal(folder, output, "up", "--menu=false");
    awaitSeen("web-1  | hello");

    type(up, "\003");
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(seen()).doesNotContain("d detach");
  }

  @Test
  void rebuildsWithoutEndingUnderAnAttachedUp() throws Exception {
    Files.writeString(folder.resolve("src/Dockerfile"), "FROM jcompose/base\nCOPY file /file\n");
    Files.writeString(folder.resolve("src/file"), "one\n");
    Files.writeString(
        folder.resolve("compose.yaml"),
        PROJECT.replace("image: jcompose/base", "build: src").replace("echo hello", "cat /file")
            + RULES.replace("sync, target: /app", "rebuild"));
    Process up = JCOMPOSE.startOnTerminal(folder, output, "up", "-w");
    awaitSeen("web-1  | one");
    awaitSeen("Watching for changes");
    Files.writeString(folder.resolve("src/file"), "two\n");
    awaitSeen("web-1  | two");
    awaitSeen("Rebuilt web");

    assertThat(up.isAlive()).isTrue();
    type(up, "\003");
    assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(up.exitValue()).as(seen()).isEqualTo(130);
  }

  private static void type(Process process, String keys) throws IOException {
    process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private void awaitSeen(String text) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(seen()).contains(text));
  }

  private String seen() throws IOException {
    // Without colours, and what takes the line with the keys away.
    return Files.readString(output).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
  }
}
