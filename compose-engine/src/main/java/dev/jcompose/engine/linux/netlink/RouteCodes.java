package dev.jcompose.engine.linux.netlink;

/**
 * Numbers of {@code linux/rtnetlink.h}, {@code if_link.h}, {@code if_addr.h} and {@code veth.h}.
 */
final class RouteCodes {
  static final int NEWLINK = 16;
  static final int DELLINK = 17;
  static final int GETLINK = 18;
  static final int SETLINK = 19;
  static final int NEWADDR = 20;
  static final int GETADDR = 22;
  static final int NEWROUTE = 24;
  static final int DELROUTE = 25;
  static final int GETROUTE = 26;

  static final int LINK_HEADER = 16;
  static final int ADDRESS_HEADER = 8;
  static final int ROUTE_HEADER = 12;

  static final int AF_INET = 2;
  static final int AF_BRIDGE = 7;
  static final int AF_INET6 = 10;
  static final int IFF_UP = 1;

  static final int IFLA_ADDRESS = 1;
  static final int IFLA_IFNAME = 3;
  static final int IFLA_MTU = 4;
  static final int IFLA_MASTER = 10;
  static final int IFLA_OPERSTATE = 16;
  static final int IFLA_LINKINFO = 18;
  static final int IFLA_IFALIAS = 20;
  static final int IFLA_AF_SPEC = 26;
  static final int IFLA_GROUP = 27;
  static final int IFLA_NET_NS_FD = 28;

  static final int IFLA_INFO_KIND = 1;
  static final int IFLA_INFO_DATA = 2;
  static final int IFLA_INFO_SLAVE_KIND = 4;
  static final int IFLA_INFO_SLAVE_DATA = 5;
  static final int VETH_INFO_PEER = 1;
  static final int IFLA_BRPORT_STATE = 1;
  static final int IFLA_BRPORT_ISOLATED = 33;
  static final int IFLA_INET6_ADDR_GEN_MODE = 8;
  static final int ADDR_GEN_MODE_NONE = 1;

  static final int IFA_ADDRESS = 1;
  static final int IFA_LOCAL = 2;
  static final int IFA_BROADCAST = 4;

  static final int RTA_DST = 1;
  static final int RTA_OIF = 4;
  static final int RTA_GATEWAY = 5;
  static final int RTA_TABLE = 15;
  static final int TABLE_MAIN = 254;
  static final int TABLE_LOCAL = 255;
  static final int PROTOCOL_STATIC = 4;
  static final int TYPE_UNICAST = 1;

  private RouteCodes() {}
}
