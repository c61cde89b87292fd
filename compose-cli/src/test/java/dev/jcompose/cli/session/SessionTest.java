package dev.jcompose.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.render.progress.ProgressDisplay;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.reconcile.ProgressEvent;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void progressGoesToStandardErrorUnlessAVariableSendsItToStandardOutput() {
    show(session(null, Map.of()));
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Volume data");
    assertThat(out.size()).isZero();

    err.reset();
    show(session(null, Map.of("COMPOSE_STATUS_STDOUT", "true")));
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Volume data");
    assertThat(err.size()).isZero();
  }

  @Test
  void coloursAreForTheOptionToSayThenForTheVariable() {
    assertThat(session(null, Map.of()).ansi()).isEqualTo("auto");
    assertThat(session(null, Map.of("COMPOSE_ANSI", "always")).colours(false)).isTrue();
    assertThat(session("never", Map.of("COMPOSE_ANSI", "always")).colours(false)).isFalse();
    assertThat(session("always", Map.of("COMPOSE_ANSI", "never")).colours(false)).isTrue();
  }

  @Test
  void noColorWinsOverBothUnlessItIsEmpty() {
    assertThat(session("always", Map.of("NO_COLOR", "1")).colours(true)).isFalse();
    assertThat(session(null, Map.of("NO_COLOR", "x", "COMPOSE_ANSI", "always")).colours(true))
        .isFalse();
    assertThat(session("always", Map.of("NO_COLOR", "")).colours(true)).isTrue();
  }

  private static void show(Session session) {
    try (ProgressDisplay display = ProgressStyle.PLAIN.open("up", session)) {
      display.show(new ProgressEvent.Working("Volume data", "Creating"));
    }
  }

  private Session session(@Nullable String ansi, Map<String, String> environment) {
    return new Session(
        new RootOptions(
            List.of(), null, List.of(), List.of(), null, null, ansi, null, false, false, false,
            null, null, false),
        environment,
        Path.of("/nonexistent"),
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        new Connector() {
          @Override
          public Engine engine(Session session) {
            throw new AssertionError("no engine here");
          }

          @Override
          public EngineClient client(Session session) {
            throw new AssertionError("no engine here");
          }
        });
  }
}
