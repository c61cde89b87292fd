package dev.jcompose.engine.network.dns;

import dev.jcompose.engine.linux.netlink.nft.Datum;
import dev.jcompose.engine.linux.netlink.nft.DatumType;
import dev.jcompose.engine.linux.netlink.nft.Field;
import dev.jcompose.engine.linux.netlink.nft.NftChain;
import dev.jcompose.engine.linux.netlink.nft.NftSet;
import dev.jcompose.engine.linux.netlink.nft.NftTable;
import dev.jcompose.engine.linux.netlink.nft.Statement;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/**
 * Rules inside a container whose own program wants port 53 on all addresses: the embedded server
 * then listens on other ports, and questions to port 53 of its address are led there.
 */
final class DnsRedirect {
  private static final Datum SERVER =
      new Datum.Address(InetAddress.ofLiteral(ResolvConf.EMBEDDED_SERVER));
  private static final Datum PORT = new Datum.Port(53);

  private DnsRedirect() {}

  static NftTable table(int udpPort, int tcpPort) {
    return new NftTable(
        "jcompose-dns",
        List.of(
            NftSet.map(
                "servers",
                List.of(DatumType.PROTOCOL, DatumType.PORT),
                List.of(DatumType.IPV4, DatumType.PORT),
                Map.of(
                    List.of(Datum.Transport.UDP, PORT),
                    List.of(SERVER, new Datum.Port(udpPort)),
                    List.of(Datum.Transport.TCP, PORT),
                    List.of(SERVER, new Datum.Port(tcpPort))))),
        List.of(
            new NftChain(
                "output",
                "nat",
                NftChain.Hook.OUTPUT,
                -100,
                List.of(
                    List.of(
                        new Statement.Is(Field.IP_DADDR, false, SERVER),
                        new Statement.DestinationFrom(
                            List.of(Field.L4PROTO, Field.TH_DPORT), "servers"))))));
  }
}
