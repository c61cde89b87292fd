package dev.jcompose.engine.network.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  @ParameterizedTest
  @ValueSource(strings = {"172.24.0.0/24", "10.1.2.3/8", "0.0.0.0/0", "192.0.2.1/32"})
  void parsingAndPrintingAreInverse(String text) {
    assertThat(Cidr.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"172.24.0.0", "172.24.0.0/33", "host/24", "172.24.0/24/1", "/24", ""})
  void anythingElseIsRefusedWithTheText(String text) {
    assertThatThrownBy(() -> Cidr.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void offsetsCountFromTheFirstAddressAcrossByteBorders() {
    Cidr subnet = Cidr.parse("10.0.0.0/16");
    InetAddress address = InetAddress.ofLiteral("10.0.1.4");
    assertThat(subnet.at(260)).isEqualTo(address);
    assertThat(subnet.offsetOf(address)).isEqualTo(260);
    assertThat(Cidr.parse("255.255.255.0/24").at(255).getHostAddress())
        .isEqualTo("255.255.255.255");
    assertThat(Cidr.parse("0.0.0.0/24").at(3).getHostAddress()).isEqualTo("0.0.0.3");
  }

  @Test
  void networksOverlapWhenOneHoldsTheOther() {
    Cidr wide = Cidr.parse("172.24.0.0/14");
    assertThat(wide.overlaps(Cidr.parse("172.27.255.0/24"))).isTrue();
    assertThat(Cidr.parse("172.27.255.0/24").overlaps(wide)).isTrue();
    assertThat(wide.overlaps(Cidr.parse("172.28.0.0/24"))).isFalse();
    assertThat(wide.overlaps(Cidr.parse("fd00::/8"))).isFalse();
  }

  @Test
  void theLastAddressIsTheBroadcastAddress() {
    assertThat(Cidr.parse("172.24.0.7/23").last().getHostAddress()).isEqualTo("172.24.1.255");
    assertThat(Cidr.parse("172.24.0.7/23").network()).hasToString("172.24.0.0/23");
    assertThat(Cidr.parse("172.24.0.7/23").size()).isEqualTo(512);
  }

  @Test
  void ipv6AddressesAreShortened() {
    assertThat(Cidr.text(InetAddress.ofLiteral("::"))).isEqualTo("::");
    assertThat(Cidr.text(InetAddress.ofLiteral("::1"))).isEqualTo("::1");
    assertThat(Cidr.text(InetAddress.ofLiteral("fd00:0:0:1:0:0:0:2"))).isEqualTo("fd00:0:0:1::2");
    assertThat(Cidr.text(InetAddress.ofLiteral("2001:db8::"))).isEqualTo("2001:db8::");
    assertThat(Cidr.text(InetAddress.ofLiteral("1:2:3:4:5:6:7:8"))).isEqualTo("1:2:3:4:5:6:7:8");
    assertThat(Cidr.text(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo("192.0.2.1");
  }
}
