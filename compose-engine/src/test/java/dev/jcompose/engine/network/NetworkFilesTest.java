package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.network.address.Cidr;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkFilesTest {
  @TempDir private Path directory;

  @Test
  void aNetworkIsReadBackAsItWasWritten() {
    Network network =
        new Network(
            "a".repeat(64),
            "web",
            NetworkDriver.BRIDGE,
            List.of(
                new AddressPool(
                    Cidr.parse("172.24.0.0/24"),
                    null,
                    InetAddress.ofLiteral("172.24.0.1"),
                    Map.of("x", InetAddress.ofLiteral("172.24.0.9")))),
            true,
            false,
            true,
            Map.of("com.docker.network.driver.mtu", "1400"),
            Map.of(),
            Map.of("label", "value"),
            Instant.parse("2026-01-02T03:04:05.678Z"));
    NetworkFiles files = new NetworkFiles(directory.resolve("networks"));
    assertThat(files.load()).isEmpty();
    files.save(network);
    assertThat(files.load()).containsExactly(network);
    files.delete(network.id());
    assertThat(files.load()).isEmpty();
  }
}
