package dev.jcompose.engine.linux.netlink;

import static dev.jcompose.engine.linux.netlink.RouteCodes.*;

import java.net.InetAddress;
import java.util.function.Consumer;

/** The bodies of rtnetlink requests, as pure layouts of bytes. */
final class RouteRequests {
  private RouteRequests() {}

  static Consumer<MessageWriter> createBridge(String name, int mtu, byte[] mac) {
    return body -> {
      link(body, 0, 0, 0).text(IFLA_IFNAME, name);
      if (mtu > 0) {
        body.attribute32(IFLA_MTU, mtu);
      }
      body.bytes(IFLA_ADDRESS, mac)
          .nest(IFLA_LINKINFO, info -> info.text(IFLA_INFO_KIND, "bridge"));
    };
  }

  static Consumer<MessageWriter> createVeth(VethSpec veth) {
    return body -> {
      link(body, 0, 0, 0).text(IFLA_IFNAME, veth.name()).attribute32(IFLA_MASTER, veth.master());
      if (veth.mtu() > 0) {
        body.attribute32(IFLA_MTU, veth.mtu());
      }
      body.nest(
          IFLA_LINKINFO,
          info ->
              info.text(IFLA_INFO_KIND, "veth")
                  .nest(
                      IFLA_INFO_DATA,
                      data -> data.nest(VETH_INFO_PEER, peer -> vethPeer(peer, veth))));
    };
  }

  private static void vethPeer(MessageWriter body, VethSpec veth) {
    link(body, 0, 0, 0).text(IFLA_IFNAME, veth.peerName()).bytes(IFLA_ADDRESS, veth.peerMac());
    if (veth.mtu() > 0) {
      body.attribute32(IFLA_MTU, veth.mtu());
    }
    body.attribute32(IFLA_NET_NS_FD, veth.peerNamespaceFd());
  }

  static Consumer<MessageWriter> byName(String name) {
    return body -> link(body, 0, 0, 0).text(IFLA_IFNAME, name);
  }

  static Consumer<MessageWriter> alias(String name, String alias) {
    return body -> link(body, 0, 0, 0).text(IFLA_IFNAME, name).text(IFLA_IFALIAS, alias);
  }

  static Consumer<MessageWriter> group(String name, int group) {
    return body -> {
      link(body, 0, 0, 0).attribute32(IFLA_GROUP, group);
      if (!name.isEmpty()) {
        body.text(IFLA_IFNAME, name);
      }
    };
  }

  static Consumer<MessageWriter> byIndex(int index) {
    return body -> link(body, index, 0, 0);
  }

  static Consumer<MessageWriter> up(int index) {
    return body -> link(body, index, IFF_UP, IFF_UP);
  }

  static Consumer<MessageWriter> withoutIpv6Addresses(int index, String alias, boolean isolated) {
    return body -> {
      link(body, index, 0, 0);
      if (!alias.isEmpty()) {
        body.text(IFLA_IFALIAS, alias);
      }
      if (isolated) {
        body.nest(
            IFLA_LINKINFO,
            info ->
                info.text(IFLA_INFO_SLAVE_KIND, "bridge")
                    .nest(IFLA_INFO_SLAVE_DATA, port -> port.attribute8(IFLA_BRPORT_ISOLATED, 1)));
      }
      body.nest(
          IFLA_AF_SPEC,
          families ->
              families.nest(
                  AF_INET6, ipv6 -> ipv6.attribute8(IFLA_INET6_ADDR_GEN_MODE, ADDR_GEN_MODE_NONE)));
    };
  }

  static Consumer<MessageWriter> allLinks() {
    return body -> link(body, 0, 0, 0);
  }

  private static MessageWriter link(MessageWriter body, int index, int flags, int change) {
    return body.int8(0).int8(0).int16(0).int32(index).int32(flags).int32(change);
  }

  static Consumer<MessageWriter> addAddress(
      int index, InetAddress address, int prefixLength, InetAddress broadcast) {
    byte[] bytes = address.getAddress();
    return body -> {
      body.int8(family(address)).int8(prefixLength).int8(0).int8(0).int32(index);
      body.bytes(IFA_LOCAL, bytes).bytes(IFA_ADDRESS, bytes);
      if (bytes.length == 4) {
        body.bytes(IFA_BROADCAST, broadcast.getAddress());
      }
    };
  }

  static Consumer<MessageWriter> defaultRoute(InetAddress gateway, int index) {
    return body ->
        route(body, family(gateway), PROTOCOL_STATIC, TYPE_UNICAST)
            .bytes(RTA_GATEWAY, gateway.getAddress())
            .attribute32(RTA_OIF, index);
  }

  static Consumer<MessageWriter> allAddresses() {
    return body -> body.int8(0).int8(0).int8(0).int8(0).int32(0);
  }

  static Consumer<MessageWriter> allRoutes() {
    return body -> body.int32(0).int32(0).int32(0);
  }

  private static MessageWriter route(MessageWriter body, int family, int protocol, int type) {
    return body.int8(family)
        .int8(0)
        .int8(0)
        .int8(0)
        .int8(TABLE_MAIN)
        .int8(protocol)
        .int8(0)
        .int8(type)
        .int32(0);
  }

  private static int family(InetAddress address) {
    return address.getAddress().length == 4 ? AF_INET : AF_INET6;
  }
}
