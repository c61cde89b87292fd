package dev.jcompose.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.cli.session.Connector;
import dev.jcompose.cli.session.RootOptions;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.engine.api.client.EngineClient;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnginePlaceTest {
  @Test
  void isTheMachinesOwnWhenNobodyAsksForAnother() {
    assertThat(place(null, null, Map.of()))
        .isEqualTo(
            new EnginePlace(
                Path.of("/var/lib/jcompose"), true, Path.of("/run/jcompose/engine.sock")));
  }

  @Test
  void keepsTheSocketOfAnotherRootInsideIt() {
    EnginePlace place = place("state", null, Map.of("JCOMPOSE_ROOT", "/ignored"));

    assertThat(place.socket()).isEqualTo(Path.of("/src/state/run/engine.sock"));
    assertThat(place.isDefault()).isFalse();
    assertThat(place.log()).isEqualTo(Path.of("/src/state/engine.log"));
  }

  @Test
  void takesTheSocketOfAnotherEngine() {
    EnginePlace place = place(null, "unix:///run/docker.sock", Map.of("JCOMPOSE_ROOT", "/r"));

    assertThat(place.socket()).isEqualTo(Path.of("/run/docker.sock"));
    assertThat(place.isOurs()).isFalse();
  }

  @Test
  void optionsWinOverVariables() {
    assertThat(place("/r", null, Map.of("JCOMPOSE_HOST", "unix:///s")).isOurs()).isTrue();
    assertThat(place(null, null, Map.of("JCOMPOSE_HOST", "unix:///s")).isOurs()).isFalse();
  }

  @Test
  void refusesAddressesThatAreNoUnixSockets() {
    assertThatThrownBy(() -> place(null, "tcp://10.0.0.1:2375", Map.of()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("tcp://10.0.0.1:2375")
        .hasMessageContaining("unix:///path/to/socket");
  }

  private static EnginePlace place(
      @Nullable String root, @Nullable String host, Map<String, String> environment) {
    RootOptions options =
        new RootOptions(
            List.of(), null, List.of(), List.of(), null, null, null, null, false, false, false,
            root, host, false);
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return EnginePlace.of(
        new Session(
            options,
            environment,
            Path.of("/src"),
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            new Connector() {
              @Override
              public Engine engine(Session session) {
                throw new AssertionError("no engine here");
              }

              @Override
              public EngineClient client(Session session) {
                throw new AssertionError("no engine here");
              }
            }));
  }
}
