package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.netlink.NetlinkMessage.Attributes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Links, addresses and routes of one network namespace: that of the thread which opened it. Every
 * method throws {@link NetlinkException} naming the operation when the kernel refuses.
 */
public final class RouteConnection implements AutoCloseable {
  private final NetlinkConnection netlink;

  private RouteConnection(NetlinkConnection netlink) {
    this.netlink = netlink;
  }

  /** Connects to the network namespace of the calling thread. */
  public static RouteConnection open(NetlinkSockets sockets) {
    return new RouteConnection(new NetlinkConnection(sockets.open(NetlinkSockets.Family.ROUTE)));
  }

  /**
   * Makes a bridge that is down.
   *
   * @param alias text to attach to it
   * @param mtu largest packet in bytes, 0: the kernel's default
   * @param mac six bytes; given, because a bridge otherwise takes and changes that of its ports
   */
  public void createBridge(String name, String alias, int mtu, byte[] mac) {
    create("bridge " + name, name, alias, RouteRequests.createBridge(name, mtu, mac));
  }

  /** Makes a veth pair; both ends are down, and the outer one has the alias. */
  public void createVeth(VethSpec veth, String alias) {
    create(
        "veth " + veth.name() + " with peer " + veth.peerName(),
        veth.name(),
        alias,
        RouteRequests.createVeth(veth));
  }

  // The kernel takes no alias for a link that is just being made. In one datagram, so that an
  // engine
  // that is killed never leaves a link of which nobody knows whose it is.
  private void create(String what, String name, String alias, Consumer<MessageWriter> link) {
    netlink.together(
        new NetlinkConnection.Request(
            "create " + what,
            RouteCodes.NEWLINK,
            NetlinkConnection.CREATE | NetlinkConnection.EXCL,
            link),
        new NetlinkConnection.Request(
            "name the owner of " + what, RouteCodes.SETLINK, 0, RouteRequests.alias(name, alias)));
  }

  /**
   * Keeps the kernel from giving the link IPv6 addresses by itself; to be called while it is down.
   *
   * @param alias text to attach to the link, {@code ""} for none
   * @param isolated whether a bridge port shall not reach other isolated ports of its bridge
   */
  public void prepare(int index, String alias, boolean isolated) {
    try {
      netlink.request(
          "configure link " + index,
          RouteCodes.SETLINK,
          0,
          RouteRequests.withoutIpv6Addresses(index, alias, isolated));
    } catch (NetlinkException e) {
      // EAFNOSUPPORT: the kernel runs without IPv6, so there is nothing to keep it from.
      if (e.errno() != 97 || isolated) {
        throw e;
      }
    }
  }

  /** Switches a link on. */
  public void up(int index) {
    netlink.request("switch on link " + index, RouteCodes.SETLINK, 0, RouteRequests.up(index));
  }

  /**
   * Removes a link.
   *
   * @return whether it was there
   */
  public boolean delete(String name) {
    try {
      netlink.request("delete link " + name, RouteCodes.DELLINK, 0, RouteRequests.byName(name));
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENODEV) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Puts a link into a group.
   *
   * @return whether it was there
   */
  public boolean moveToGroup(String name, int group) {
    try {
      netlink.request(
          "group link " + name, RouteCodes.SETLINK, 0, RouteRequests.group(name, group));
      return true;
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENODEV) {
        return false;
      }
      throw e;
    }
  }

  /** Removes all links of a group at once; they may have gone by themselves in the meantime. */
  public void deleteGroup(int group) {
    try {
      netlink.request(
          "delete link group " + group, RouteCodes.DELLINK, 0, RouteRequests.group("", group));
    } catch (NetlinkException e) {
      if (e.errno() != NetlinkException.ENODEV) {
        throw e;
      }
    }
  }

  /** The link of a name, empty when there is none. */
  public Optional<Link> link(String name) {
    try {
      return Optional.of(
          Link.of(
              netlink.get("find link " + name, RouteCodes.GETLINK, RouteRequests.byName(name))));
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENODEV) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The link of an index. */
  public Link link(int index) {
    return Link.of(
        netlink.get("find link " + index, RouteCodes.GETLINK, RouteRequests.byIndex(index)));
  }

  /** All links. */
  public List<Link> links() {
    return netlink.dump("list links", RouteCodes.GETLINK, RouteRequests.allLinks()).stream()
        .map(Link::of)
        .toList();
  }

  /** Gives a link an address; {@code broadcast} counts for IPv4 only. */
  public void addAddress(int index, InetAddress address, int prefixLength, InetAddress broadcast) {
    netlink.request(
        "add address " + address.getHostAddress() + "/" + prefixLength + " to link " + index,
        RouteCodes.NEWADDR,
        NetlinkConnection.CREATE | NetlinkConnection.EXCL,
        RouteRequests.addAddress(index, address, prefixLength, broadcast));
  }

  /** Sends everything that has no nearer route to {@code gateway}, replacing what did so before. */
  public void replaceDefaultRoute(InetAddress gateway, int index) {
    netlink.request(
        "set default route via " + gateway.getHostAddress(),
        RouteCodes.NEWROUTE,
        NetlinkConnection.CREATE | NetlinkConnection.REPLACE,
        RouteRequests.defaultRoute(gateway, index));
  }

  /**
   * A network that this machine has a way to.
   *
   * @param address first address of the network, or an address of the machine
   * @param prefixLength length of its prefix
   * @param link index of the link it lies behind, 0 when the kernel names none
   * @param attached whether it is an address of the machine, not a route
   */
  public record Destination(InetAddress address, int prefixLength, int link, boolean attached) {}

  /** Every address of this machine with its network, and every route but default ones. */
  public List<Destination> destinations() {
    List<Destination> found = new ArrayList<>();
    for (NetlinkMessage message :
        netlink.dump("list addresses", RouteCodes.GETADDR, RouteRequests.allAddresses())) {
      Attributes attributes = message.attributes(RouteCodes.ADDRESS_HEADER);
      byte[] local = attributes.bytes(RouteCodes.IFA_LOCAL);
      add(
          found,
          local == null ? attributes.bytes(RouteCodes.IFA_ADDRESS) : local,
          Byte.toUnsignedInt(message.payload().get(1)),
          message.payload().getInt(4),
          true);
    }
    for (NetlinkMessage message :
        netlink.dump("list routes", RouteCodes.GETROUTE, RouteRequests.allRoutes())) {
      Attributes attributes = message.attributes(RouteCodes.ROUTE_HEADER);
      int table =
          attributes.int32(RouteCodes.RTA_TABLE, Byte.toUnsignedInt(message.payload().get(4)));
      int prefixLength = Byte.toUnsignedInt(message.payload().get(1));
      if (table != RouteCodes.TABLE_LOCAL && prefixLength > 0) {
        add(
            found,
            attributes.bytes(RouteCodes.RTA_DST),
            prefixLength,
            attributes.int32(RouteCodes.RTA_OIF, 0),
            false);
      }
    }
    return found;
  }

  private static void add(
      List<Destination> found,
      byte @Nullable [] address,
      int prefixLength,
      int link,
      boolean attached) {
    if (address == null) {
      return;
    }
    try {
      found.add(new Destination(InetAddress.getByAddress(address), prefixLength, link, attached));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("address of " + address.length + " bytes", e);
    }
  }

  @Override
  public void close() {
    netlink.close();
  }
}
