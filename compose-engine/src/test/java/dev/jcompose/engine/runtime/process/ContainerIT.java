package dev.jcompose.engine.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContainerIT {
  private Machine machine;

  @BeforeEach
  void useMachine() throws Exception {
    machine = Machine.orSkip();
  }

  @Test
  void printsToStandardOutputAndError() throws Exception {
    Machine.Outcome outcome = machine.run(machine.shell("echo hello; echo oops >&2; exit 7"));
    assertThat(outcome.stdout()).isEqualTo("hello\n");
    assertThat(outcome.stderr()).isEqualTo("oops\n");
    assertThat(outcome.status().code()).isEqualTo(7);
    assertThat(outcome.status().known()).isTrue();
  }
}
