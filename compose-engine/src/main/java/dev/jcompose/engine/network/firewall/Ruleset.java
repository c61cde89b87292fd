package dev.jcompose.engine.network.firewall;

import static dev.jcompose.engine.linux.netlink.nft.DatumType.IFNAME;
import static dev.jcompose.engine.linux.netlink.nft.DatumType.IPV4;
import static dev.jcompose.engine.linux.netlink.nft.DatumType.PORT;
import static dev.jcompose.engine.linux.netlink.nft.DatumType.PROTOCOL;
import static dev.jcompose.engine.linux.netlink.nft.Field.IIFNAME;
import static dev.jcompose.engine.linux.netlink.nft.Field.IP_DADDR;
import static dev.jcompose.engine.linux.netlink.nft.Field.IP_SADDR;
import static dev.jcompose.engine.linux.netlink.nft.Field.L4PROTO;
import static dev.jcompose.engine.linux.netlink.nft.Field.OIFNAME;
import static dev.jcompose.engine.linux.netlink.nft.Field.TH_DPORT;
import static dev.jcompose.engine.linux.netlink.nft.Statement.Verdict.ACCEPT;
import static dev.jcompose.engine.linux.netlink.nft.Statement.Verdict.DROP;

import dev.jcompose.engine.linux.netlink.nft.Datum;
import dev.jcompose.engine.linux.netlink.nft.DatumType;
import dev.jcompose.engine.linux.netlink.nft.Field;
import dev.jcompose.engine.linux.netlink.nft.NftChain;
import dev.jcompose.engine.linux.netlink.nft.NftChain.Hook;
import dev.jcompose.engine.linux.netlink.nft.NftSet;
import dev.jcompose.engine.linux.netlink.nft.NftTable;
import dev.jcompose.engine.linux.netlink.nft.Statement.DestinationFrom;
import dev.jcompose.engine.linux.netlink.nft.Statement.Established;
import dev.jcompose.engine.linux.netlink.nft.Statement.Forwarded;
import dev.jcompose.engine.linux.netlink.nft.Statement.In;
import dev.jcompose.engine.linux.netlink.nft.Statement.Is;
import dev.jcompose.engine.linux.netlink.nft.Statement.Masquerade;
import dev.jcompose.engine.linux.netlink.nft.Statement.ToThisMachine;
import dev.jcompose.engine.network.PortBinding;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The table of a root as a pure function of its bridges and published ports. The chains never
 * change: everything that does is an element of a set, so that a change is a small transaction.
 *
 * <p>Loopback addresses are not forwarded by rules, as packets from 127.0.0.1 cannot leave this
 * machine: the engine's proxy serves them. Everybody else, containers included, reaches published
 * ports by destination NAT, which also keeps the addresses of UDP answers right.
 */
public final class Ruleset {
  private static final String BRIDGES = "bridges";
  private static final String SAME_BRIDGE = "same-bridge";
  private static final String INTERNAL = "internal";
  private static final String SUBNETS = "subnets";
  private static final String MASQUERADED = "masqueraded";
  private static final String PUBLISHED = "published";
  private static final String LOOPBACK_PORTS = "loopback-ports";
  private static final String OWN_PORTS = "own-ports";
  private static final String FORWARD_ANY = "forward-any";
  private static final String FORWARD_AT = "forward-at";
  private static final List<Field> ADDRESS_AND_PORT = List.of(IP_DADDR, L4PROTO, TH_DPORT);
  private static final List<Field> PORT_ALONE = List.of(L4PROTO, TH_DPORT);
  private static final Datum LOOPBACK = new Datum.Interface("lo");
  private static final Datum LOOPBACK_NETWORK =
      new Datum.Prefix(InetAddress.ofLiteral("127.0.0.0"), 8);

  private static final List<NftChain> CHAINS =
      List.of(
          // A port published on 127.0.0.1 must not be reachable for a neighbour that addresses its
          // frames to this machine and its packets to 127.0.0.1.
          new NftChain(
              "prerouting-raw",
              "filter",
              Hook.PREROUTING,
              -300,
              List.of(
                  List.of(
                      new Is(IIFNAME, true, LOOPBACK),
                      new Is(IP_DADDR, false, LOOPBACK_NETWORK),
                      In.set(LOOPBACK_PORTS, L4PROTO, TH_DPORT),
                      DROP))),
          // A container's packet to a port of its own stays here and goes through the proxy: a
          // bridge
          // whose frames pass the IP firewall would have to send it out where it came in.
          new NftChain(
              "prerouting",
              "nat",
              Hook.PREROUTING,
              -100,
              List.of(
                  List.of(In.set(OWN_PORTS, IP_SADDR, L4PROTO, TH_DPORT), ACCEPT),
                  List.of(new ToThisMachine(), new DestinationFrom(ADDRESS_AND_PORT, FORWARD_AT)),
                  List.of(new ToThisMachine(), new DestinationFrom(PORT_ALONE, FORWARD_ANY)))),
          new NftChain(
              "output",
              "nat",
              Hook.OUTPUT,
              -100,
              List.of(
                  List.of(
                      new Is(IP_DADDR, true, LOOPBACK_NETWORK),
                      new ToThisMachine(),
                      new DestinationFrom(ADDRESS_AND_PORT, FORWARD_AT)),
                  List.of(
                      new Is(IP_DADDR, true, LOOPBACK_NETWORK),
                      new ToThisMachine(),
                      new DestinationFrom(PORT_ALONE, FORWARD_ANY)))),
          // The first rule is for machines whose bridges pass frames through the IP firewall
          // (net.bridge.bridge-nf-call-iptables).
          new NftChain(
              "forward",
              "filter",
              Hook.FORWARD,
              0,
              List.of(
                  List.of(In.set(SAME_BRIDGE, IIFNAME, OIFNAME), ACCEPT),
                  List.of(In.set(INTERNAL, IIFNAME), DROP),
                  List.of(In.set(INTERNAL, OIFNAME), DROP),
                  List.of(In.set(BRIDGES, OIFNAME), new Established(), ACCEPT),
                  List.of(
                      In.set(BRIDGES, OIFNAME),
                      new Forwarded(),
                      In.set(PUBLISHED, IP_DADDR, L4PROTO, TH_DPORT),
                      ACCEPT),
                  List.of(In.set(BRIDGES, OIFNAME), DROP))),
          // The second rule is for containers that reach a container by its published port: the
          // answer must come back this way even when both are on one bridge.
          new NftChain(
              "postrouting",
              "nat",
              Hook.POSTROUTING,
              100,
              List.of(
                  List.of(
                      In.set(MASQUERADED, IP_SADDR),
                      new Is(OIFNAME, true, LOOPBACK),
                      new In(List.of(OIFNAME), true, BRIDGES),
                      new Masquerade()),
                  List.of(
                      In.set(SUBNETS, IP_SADDR),
                      In.set(BRIDGES, OIFNAME),
                      new Forwarded(),
                      new Masquerade()))));

  private Ruleset() {}

  /**
   * The table.
   *
   * @param name name of the table
   * @param bridges all bridges of the root
   * @param ports all published ports; those on IPv6 addresses need no rule, the proxy serves them
   */
  public static NftTable of(
      String name, Collection<BridgeRule> bridges, Collection<PortRule> ports) {
    List<PortRule> reachable =
        ports.stream()
            .filter(port -> port.port().hostAddress().getAddress().length == 4)
            .filter(port -> !port.port().hostAddress().isLoopbackAddress())
            .toList();
    return new NftTable(
        name,
        List.of(
            bridges(BRIDGES, bridges, bridge -> true),
            NftSet.of(
                SAME_BRIDGE,
                List.of(IFNAME, IFNAME),
                bridges.stream()
                    .map(bridge -> List.of(bridgeOf(bridge), bridgeOf(bridge)))
                    .toList()),
            bridges(INTERNAL, bridges, BridgeRule::internal),
            subnets(SUBNETS, bridges, bridge -> true),
            subnets(MASQUERADED, bridges, bridge -> bridge.masquerade() && !bridge.internal()),
            NftSet.of(
                PUBLISHED,
                List.of(IPV4, PROTOCOL, PORT),
                reachable.stream().map(Ruleset::containerEnd).distinct().toList()),
            NftSet.of(
                OWN_PORTS,
                List.of(IPV4, PROTOCOL, PORT),
                reachable.stream()
                    .<List<Datum>>map(
                        port ->
                            List.of(
                                new Datum.Address(port.container()),
                                transport(port),
                                new Datum.Port(port.port().hostPort())))
                    .distinct()
                    .toList()),
            NftSet.of(
                LOOPBACK_PORTS,
                List.of(PROTOCOL, PORT),
                ports.stream()
                    .filter(port -> port.port().hostAddress().isLoopbackAddress())
                    .map(Ruleset::hostPort)
                    .distinct()
                    .toList()),
            destinations(
                FORWARD_AT,
                List.of(IPV4, PROTOCOL, PORT),
                reachable.stream()
                    .filter(port -> !port.port().hostAddress().isAnyLocalAddress())
                    .toList(),
                port ->
                    List.of(
                        new Datum.Address(port.port().hostAddress()),
                        transport(port),
                        new Datum.Port(port.port().hostPort()))),
            destinations(
                FORWARD_ANY,
                List.of(PROTOCOL, PORT),
                reachable.stream()
                    .filter(port -> port.port().hostAddress().isAnyLocalAddress())
                    .toList(),
                Ruleset::hostPort)),
        CHAINS);
  }

  private static NftSet bridges(
      String name, Collection<BridgeRule> bridges, Predicate<BridgeRule> which) {
    return NftSet.of(
        name,
        List.of(IFNAME),
        bridges.stream().filter(which).map(bridge -> List.of(bridgeOf(bridge))).toList());
  }

  private static NftSet subnets(
      String name, Collection<BridgeRule> bridges, Predicate<BridgeRule> which) {
    return NftSet.of(
            name,
            List.of(IPV4),
            bridges.stream()
                .filter(which)
                .<List<Datum>>map(
                    bridge ->
                        List.of(
                            new Datum.Prefix(
                                bridge.subnet().network().address(),
                                bridge.subnet().prefixLength())))
                .toList())
        .ofIntervals();
  }

  private static NftSet destinations(
      String name,
      List<DatumType> key,
      List<PortRule> ports,
      Function<PortRule, List<Datum>> keyOf) {
    Map<List<Datum>, List<Datum>> elements = new LinkedHashMap<>();
    for (PortRule port : ports) {
      elements.put(
          keyOf.apply(port),
          List.of(
              new Datum.Address(port.container()), new Datum.Port(port.port().containerPort())));
    }
    return NftSet.map(name, key, List.of(IPV4, PORT), elements);
  }

  private static Datum bridgeOf(BridgeRule bridge) {
    return new Datum.Interface(bridge.bridge());
  }

  private static List<Datum> containerEnd(PortRule port) {
    return List.of(
        new Datum.Address(port.container()),
        transport(port),
        new Datum.Port(port.port().containerPort()));
  }

  private static List<Datum> hostPort(PortRule port) {
    return List.of(transport(port), new Datum.Port(port.port().hostPort()));
  }

  private static Datum transport(PortRule port) {
    return port.port().protocol() == PortBinding.Protocol.TCP
        ? Datum.Transport.TCP
        : Datum.Transport.UDP;
  }
}
