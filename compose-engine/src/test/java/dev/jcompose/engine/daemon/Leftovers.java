package dev.jcompose.engine.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;

/** What an engine has left on the machine, as {@code samples/leak-check} sees it. */
final class Leftovers {
  private Leftovers() {}

  /** A line for each; empty when there is nothing. */
  static String of(Path root) throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder("../samples/leak-check", root.toString())
            .redirectErrorStream(true)
            .start();
    String found = new String(check.getInputStream().readAllBytes(), UTF_8);
    check.waitFor();
    return found;
  }

  /** Waits until there is nothing: keepers, and the default bridge, go a moment after the rest. */
  static void awaitNone(Path root) {
    await().untilAsserted(() -> assertThat(of(root)).as("left behind").isEmpty());
  }
}
