package dev.jcompose.engine.network.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.engine.network.PortBinding.Protocol;
import dev.jcompose.engine.network.PublishedPort;
import dev.jcompose.engine.network.address.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RulesetTest {
  private static PortRule port(
      int containerPort, Protocol protocol, String host, int hostPort, String container) {
    return new PortRule(
        new PublishedPort(containerPort, protocol, InetAddress.ofLiteral(host), hostPort),
        InetAddress.ofLiteral(container));
  }

  private static String golden(String name) throws IOException {
    try (var in = RulesetTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theTableOfTwoNetworksAndAllKindsOfPorts() throws IOException {
    String text =
        Ruleset.of(
                "jcompose-0a1b2c",
                List.of(
                    new BridgeRule("jc-front", Cidr.parse("172.24.0.0/24"), false, true),
                    new BridgeRule("jc-routed", Cidr.parse("172.24.1.0/24"), false, false),
                    new BridgeRule("jc-secret", Cidr.parse("172.24.2.0/24"), true, true)),
                List.of(
                    port(80, Protocol.TCP, "0.0.0.0", 8080, "172.24.0.2"),
                    port(80, Protocol.TCP, "::", 8080, "172.24.0.2"),
                    port(53, Protocol.UDP, "192.0.2.7", 53, "172.24.0.3"),
                    port(5432, Protocol.TCP, "127.0.0.1", 5432, "172.24.0.4")))
            .text();
    assertThat(text).isEqualTo(golden("ruleset.txt"));
  }

  @Test
  void aPortOnlyOnIpv6OrLoopbackIsNotForwarded() {
    String text =
        Ruleset.of(
                "t",
                List.of(),
                List.of(
                    port(80, Protocol.TCP, "::", 8080, "172.24.0.2"),
                    port(80, Protocol.TCP, "127.0.0.1", 8081, "172.24.0.2")))
            .text();
    assertThat(text).doesNotContain("172.24.0.2").contains("elements = { tcp . 8081 }");
  }
}
