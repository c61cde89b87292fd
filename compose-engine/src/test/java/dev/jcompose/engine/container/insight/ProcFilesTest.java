package dev.jcompose.engine.container.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.container.ContainerInsight.NetworkCounters;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFilesTest {
  @Test
  void countsTimeFromUserToSoftirqAndTheProcessors() {
    ProcFigures figures =
        ProcFigures.parse(
            List.of(
                "cpu  1 2 3 4 5 6 7 800 900 1000",
                "cpu0 1 1 1 1 1 1 1 1 0 0",
                "cpu1 0 1 2 3 4 5 6 7 0 0",
                "intr 5 6",
                "btime 1700000000"));
    assertThat(figures).isEqualTo(new ProcFigures(28, 2, 1_700_000_000));
  }

  @Test
  void readsInterfacesButNotLoopback() {
    assertThat(
            InterfaceCounters.parse(
                List.of(
                    "Inter-|   Receive  |  Transmit",
                    " face |bytes packets errs drop fifo frame compressed multicast|bytes",
                    "    lo: 9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0",
                    "  eth0:1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0")))
        .containsOnlyKeys("eth0")
        .containsValue(new NetworkCounters(1, 2, 3, 4, 5, 6, 7, 8));
  }
}
