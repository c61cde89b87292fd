package dev.jcompose.engine.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The expected bytes are what the {@code ip} program sends for the same request. */
class RouteRequestsTest {
  @BeforeAll
  static void bytesAreWrittenForLittleEndianMachines() {
    Assumptions.assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
  }

  private static String hex(Consumer<MessageWriter> body) {
    byte[] message = new MessageWriter().message(16, 5, 1, body).toByteArray();
    return HexFormat.of().formatHex(message, 16, message.length);
  }

  @Test
  void aBridgeIsAskedForByNameKindAndMac() {
    assertThat(hex(RouteRequests.createBridge("br0", 0, new byte[] {2, 1, 2, 3, 4, 5})))
        .isEqualTo(
            "00000000"
                + "00000000"
                + "00000000"
                + "00000000" // ifinfomsg
                + "08000300"
                + "62723000" // IFLA_IFNAME "br0"
                + "0a000100"
                + "020102030405"
                + "0000" // IFLA_ADDRESS, padded
                + "10001280" // IFLA_LINKINFO, nested
                + "0b000100"
                + "62726964676500"
                + "00"); // IFLA_INFO_KIND "bridge", padded
  }

  @Test
  void thePeerOfAVethIsBornInItsNamespace() {
    assertThat(hex(RouteRequests.createVeth(new VethSpec("v0", 7, 0, "eth0", new byte[6], 42))))
        .isEqualTo(
            "00000000000000000000000000000000"
                + "07000300"
                + "76300000" // IFLA_IFNAME "v0"
                + "08000a00"
                + "07000000" // IFLA_MASTER 7
                + "48001280" // IFLA_LINKINFO
                + "09000100"
                + "76657468"
                + "00000000" // IFLA_INFO_KIND "veth"
                + "38000280" // IFLA_INFO_DATA
                + "34000180" // VETH_INFO_PEER
                + "00000000000000000000000000000000"
                + "09000300"
                + "65746830"
                + "00000000" // IFLA_IFNAME "eth0"
                + "0a000100"
                + "000000000000"
                + "0000" // IFLA_ADDRESS
                + "08001c00"
                + "2a000000"); // IFLA_NET_NS_FD 42
  }

  @Test
  void anAddressHasItsBroadcastAddress() {
    assertThat(
            hex(
                RouteRequests.addAddress(
                    3,
                    InetAddress.ofLiteral("172.24.0.2"),
                    24,
                    InetAddress.ofLiteral("172.24.0.255"))))
        .isEqualTo(
            "02180000"
                + "03000000" // ifaddrmsg: AF_INET, /24, link 3
                + "08000200"
                + "ac180002" // IFA_LOCAL
                + "08000100"
                + "ac180002" // IFA_ADDRESS
                + "08000400"
                + "ac1800ff"); // IFA_BROADCAST
  }

  @Test
  void theDefaultRouteGoesIntoTheMainTable() {
    assertThat(hex(RouteRequests.defaultRoute(InetAddress.ofLiteral("172.24.0.1"), 3)))
        .isEqualTo(
            "02000000"
                + "fe040001"
                + "00000000" // AF_INET /0, main, static, universe, unicast
                + "08000500"
                + "ac180001" // RTA_GATEWAY
                + "08000400"
                + "03000000"); // RTA_OIF
  }

  @Test
  void aLinkIsSwitchedOnWithoutTouchingOtherFlags() {
    assertThat(hex(RouteRequests.up(3)))
        .isEqualTo("00000000" + "03000000" + "01000000" + "01000000");
  }
}
