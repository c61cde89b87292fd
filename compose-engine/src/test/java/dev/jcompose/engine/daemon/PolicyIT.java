package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jcompose.engine.api.client.EngineClient;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restart policies over the end of an engine, and over the end of the machine. */
class PolicyIT {
  private static final String ENDS = "exec sleep 1000";

  private final Map<String, String> ids = new LinkedHashMap<>();
  @AutoClose private KilledEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = KilledEngine.start();
  }

  private void run(String name, String policy) {
    ids.put(
        name,
        engine.run(name, ENDS, "\"HostConfig\":{\"RestartPolicy\":{\"Name\":\"" + policy + "\"}}"));
  }

  private void stopByHand(String name) {
    try (EngineClient client = engine.program.client()) {
      client.containers().stop(id(name), 0, null);
    }
  }

  private String id(String name) {
    return ids.getOrDefault(name, "");
  }

  private String status(String name) {
    return engine.state(id(name)).string("Status");
  }

  /** Kills the engine, and then whatever runs, as a power cut does. */
  private void cutThePower() throws Exception {
    List<Long> running =
        ids.values().stream()
            .map(id -> engine.state(id).number("Pid"))
            .filter(pid -> pid != 0)
            .toList();
    engine.program.kill();
    for (long pid : running) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
    await()
        .until(
            () ->
                running.stream()
                    .noneMatch(
                        pid -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()));
    // By it the next engine knows whether the machine is the same as before.
    Files.writeString(engine.program.state.bootMarker(), "another boot");
  }

  @Test
  void anEngineThatStartsAgainLeavesAloneWhatAClientStopped() throws Exception {
    run("always", "always");
    run("unless", "unless-stopped");
    stopByHand("always");
    stopByHand("unless");
    engine.program.killAndStartAgain();
    // Engines leave when they are idle and come with the next command: that starts nothing.
    run("later", "no");
    assertThat(status("always")).isEqualTo("exited");
    assertThat(status("unless")).isEqualTo("exited");
  }

  @Test
  void aMachineThatStartsAgainStartsWhatItsPolicyWants() throws Exception {
    run("always", "always");
    run("always-stopped", "always");
    run("unless", "unless-stopped");
    run("unless-stopped", "unless-stopped");
    run("failure", "on-failure");
    run("no", "no");
    stopByHand("always-stopped");
    stopByHand("unless-stopped");
    cutThePower();
    engine.program.startAgain();
    for (String name : List.of("always", "always-stopped", "unless", "failure")) {
      await().untilAsserted(() -> assertThat(status(name)).as(name).isEqualTo("running"));
    }
    assertThat(status("unless-stopped")).isEqualTo("exited");
    assertThat(status("no")).isEqualTo("exited");
    assertThat(engine.state(id("no")).integer("ExitCode")).isEqualTo(137);
  }
}
