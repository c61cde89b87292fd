package dev.jcompose.engine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.SubnetChooser;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolCheckTest {
  private static final List<Cidr> NETWORKS = List.of(Cidr.parse("172.24.0.0/24"));
  private static final List<Cidr> MACHINE = List.of(Cidr.parse("192.0.2.2/24"));

  private static AddressPool complete(AddressPool wanted) {
    return new PoolCheck(SubnetChooser.DEFAULT).complete(wanted, NETWORKS, MACHINE, MACHINE);
  }

  private static AddressPool pool(String subnet, String range, String gateway) {
    return new AddressPool(
        subnet.isEmpty() ? null : Cidr.parse(subnet),
        range.isEmpty() ? null : Cidr.parse(range),
        gateway.isEmpty() ? null : InetAddress.ofLiteral(gateway),
        Map.of());
  }

  @Test
  void aNetworkWithoutWishesGetsAFreeSubnetAndItsFirstAddress() {
    AddressPool pool = complete(AddressPool.ANY);
    assertThat(pool.subnet()).hasToString("172.24.1.0/24");
    assertThat(pool.gateway()).isEqualTo(InetAddress.ofLiteral("172.24.1.1"));
  }

  @Test
  void theGatewayAvoidsAuxiliaryAddresses() {
    AddressPool wanted =
        new AddressPool(
            Cidr.parse("10.9.0.0/24"),
            null,
            null,
            Map.of("router", InetAddress.ofLiteral("10.9.0.1")));
    assertThat(complete(wanted).gateway()).isEqualTo(InetAddress.ofLiteral("10.9.0.2"));
  }

  @Test
  void contradictionsAreRefusedInOneSentence() {
    refused(pool("172.24.0.128/25", "", ""), "Pool overlaps with other one on this address space");
    refused(pool("192.0.2.0/28", "", ""), "which this machine is part of");
    refused(pool("10.9.0.5/24", "", ""), "it should be 10.9.0.0/24");
    refused(pool("10.9.0.0/24", "10.10.0.0/25", ""), "ip_range 10.10.0.0/25 is not part of");
    refused(pool("10.9.0.0/24", "", "10.9.1.1"), "gateway 10.9.1.1 does not belong to subnet");
    refused(pool("10.9.0.0/24", "", "10.9.0.255"), "first or last address");
    refused(pool("", "", "10.9.1.1"), "needs a subnet");
    refused(pool("fd00::/64", "", ""), "IPv6");
    refused(pool("10.9.0.0/31", "", ""), "between /8 and /30");
  }

  private static void refused(AddressPool wanted, String sentence) {
    assertThatThrownBy(() -> complete(wanted))
        .isInstanceOf(EngineException.InvalidRequest.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void unknownDriverOptionsAreRefused() {
    assertThatThrownBy(() -> BridgeOptions.of(Map.of("com.docker.network.nosuch", "1")))
        .hasMessageContaining("\"com.docker.network.nosuch\" is not supported");
    assertThatThrownBy(() -> BridgeOptions.of(Map.of("com.docker.network.driver.mtu", "x")))
        .hasMessageContaining("\"x\" is not a number of bytes");
    assertThat(BridgeOptions.of(Map.of("com.docker.network.driver.mtu", "1400")).mtu())
        .isEqualTo(1400);
  }
}
