package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.netlink.NetlinkMessage.Attributes;

/**
 * A network interface as the kernel lists it.
 *
 * @param index its number, unique in its network namespace
 * @param name its name
 * @param kind {@code bridge}, {@code veth}, …; {@code ""} for hardware
 * @param alias text attached to it; {@code ""} for none
 * @param up whether it is switched on
 * @param operational whether packets can flow (operational state up, or unknown as with loopback)
 * @param master index of the bridge it is plugged into, 0 for none
 * @param forwarding whether it is a bridge port that forwards
 * @param mtu largest packet in bytes
 */
public record Link(
    int index,
    String name,
    String kind,
    String alias,
    boolean up,
    boolean operational,
    int master,
    boolean forwarding,
    int mtu) {
  private static final int OPERSTATE_UNKNOWN = 0;
  private static final int OPERSTATE_UP = 6;
  private static final int PORT_FORWARDING = 3;

  static Link of(NetlinkMessage message) {
    Attributes attributes = message.attributes(RouteCodes.LINK_HEADER);
    Attributes info = attributes.nested(RouteCodes.IFLA_LINKINFO);
    int state = attributes.int8(RouteCodes.IFLA_OPERSTATE, OPERSTATE_UNKNOWN);
    return new Link(
        message.payload().getInt(4),
        attributes.text(RouteCodes.IFLA_IFNAME),
        info.text(RouteCodes.IFLA_INFO_KIND),
        attributes.text(RouteCodes.IFLA_IFALIAS),
        (message.payload().getInt(8) & RouteCodes.IFF_UP) != 0,
        state == OPERSTATE_UP || state == OPERSTATE_UNKNOWN,
        attributes.int32(RouteCodes.IFLA_MASTER, 0),
        info.nested(RouteCodes.IFLA_INFO_SLAVE_DATA).int8(RouteCodes.IFLA_BRPORT_STATE, 0)
            == PORT_FORWARDING,
        attributes.int32(RouteCodes.IFLA_MTU, 0));
  }
}
