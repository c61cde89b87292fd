package dev.jcompose.engine.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.spec.NetworkSettings;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LifecycleIT {
  private static TestEngine engine;

  @BeforeAll
  static void start() throws IOException {
    engine = TestEngine.start();
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void runsAProgramWithoutNetworkAndKeepsItsOutputAndExitCode() throws Exception {
    TestEngine.Finished end =
        engine.run(
            TestEngine.shell("echo out; echo err >&2; exit 3")
                .withNetwork(NetworkSettings.DEFAULT.withNetworks("none", Map.of())));
    assertThat(end.exitCode()).isEqualTo(3);
    assertThat(end.output().lines()).containsExactlyInAnyOrder("out", "err");
  }

  @Test
  void runsAProgramOnTheDefaultBridge() throws Exception {
    TestEngine.Finished end = engine.run(TestEngine.shell("hostname; cat /etc/hosts"));
    assertThat(end.exitCode()).isZero();
    assertThat(end.output()).contains(end.id().substring(0, 12));
  }
}
