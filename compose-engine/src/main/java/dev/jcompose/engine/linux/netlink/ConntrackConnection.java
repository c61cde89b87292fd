package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.netlink.NetlinkMessage.Attributes;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's memory of connections ({@code linux/netfilter/nfnetlink_conntrack.h}). It remembers
 * where packets of a UDP exchange were forwarded to, for as long as the exchange goes on, whatever
 * the rules say by then.
 */
public final class ConntrackConnection implements AutoCloseable {
  private static final int SUBSYSTEM = 1 << 8;
  private static final int GET = SUBSYSTEM | 1;
  private static final int DELETE = SUBSYSTEM | 2;
  private static final int HEADER = 4;
  private static final int CTA_TUPLE_ORIG = 1;
  private static final int CTA_ID = 12;
  private static final int CTA_TUPLE_PROTO = 2;
  private static final int CTA_PROTO_NUM = 1;
  private static final int CTA_PROTO_DST_PORT = 3;
  private static final int UDP = 17;

  private final NetlinkConnection netlink;

  private ConntrackConnection(NetlinkConnection netlink) {
    this.netlink = netlink;
  }

  /** Connects to the network namespace of the calling thread. */
  public static ConntrackConnection open(NetlinkSockets sockets) {
    return new ConntrackConnection(
        new NetlinkConnection(sockets.open(NetlinkSockets.Family.NETFILTER)));
  }

  /** Forgets all UDP exchanges over IPv4 that were addressed to one of these ports. */
  public void forgetUdp(Set<Integer> ports) {
    for (NetlinkMessage entry :
        netlink.dump(
            "list connections", GET, body -> body.int8(RouteCodes.AF_INET).int8(0).int16(0))) {
      Attributes attributes = entry.attributes(HEADER);
      byte[] tuple = attributes.bytes(CTA_TUPLE_ORIG);
      if (tuple != null && isUdpTo(attributes.nested(CTA_TUPLE_ORIG), ports)) {
        forget(tuple, attributes.bytes(CTA_ID));
      }
    }
  }

  private static boolean isUdpTo(Attributes tuple, Set<Integer> ports) {
    Attributes protocol = tuple.nested(CTA_TUPLE_PROTO);
    byte[] port = protocol.bytes(CTA_PROTO_DST_PORT);
    return protocol.int8(CTA_PROTO_NUM, 0) == UDP
        && port != null
        && ports.contains(Short.toUnsignedInt(ByteBuffer.wrap(Arrays.copyOf(port, 2)).getShort()));
  }

  private void forget(byte[] tuple, byte @Nullable [] id) {
    try {
      netlink.request(
          "forget connection",
          DELETE,
          0,
          body -> {
            body.int8(RouteCodes.AF_INET).int8(0).int16(0);
            body.bytes(CTA_TUPLE_ORIG | MessageWriter.NESTED, tuple);
            if (id != null) {
              body.bytes(CTA_ID, id);
            }
          });
    } catch (NetlinkException e) {
      // ENOENT: it ended by itself in the meantime.
      if (e.errno() != NetlinkException.ENOENT) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    netlink.close();
  }
}
