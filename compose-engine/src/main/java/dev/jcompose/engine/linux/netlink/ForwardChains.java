package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.netlink.NetlinkMessage.Attributes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for rules of others that drop forwarded packets unless told otherwise. An accepting rule of
 * ours does not help against them, as every table has to agree.
 */
public final class ForwardChains {
  private static final int GETCHAIN = NftCodes.SUBSYSTEM << 8 | 4;
  private static final int HEADER = 4;
  private static final int TABLE = 1;
  private static final int NAME = 3;
  private static final int HOOK = 4;
  private static final int HOOK_NUMBER = 1;
  private static final int POLICY = 5;
  private static final int FORWARD = 2;
  private static final int DROP = 0;
  private static final int FAMILY_INET = 1;
  private static final int FAMILY_IPV4 = 2;

  private ForwardChains() {}

  /** Such chains of IPv4 as {@code table chain}; those of the old iptables cannot be seen. */
  public static List<String> dropping(NetlinkSockets sockets) {
    List<String> found = new ArrayList<>();
    try (NetlinkConnection netlink =
        new NetlinkConnection(sockets.open(NetlinkSockets.Family.NETFILTER))) {
      for (NetlinkMessage chain :
          netlink.dump("list chains", GETCHAIN, body -> body.int8(0).int8(0).int16(0))) {
        int family = chain.payload().get(0);
        Attributes attributes = chain.attributes(HEADER);
        if ((family == FAMILY_INET || family == FAMILY_IPV4)
            && number(attributes.nested(HOOK), HOOK_NUMBER) == FORWARD
            && number(attributes, POLICY) == DROP) {
          found.add(attributes.text(TABLE) + " " + attributes.text(NAME));
        }
      }
    }
    return found;
  }

  private static int number(Attributes attributes, int type) {
    byte[] bytes = attributes.bytes(type);
    return bytes == null || bytes.length < 4 ? -1 : ByteBuffer.wrap(bytes).getInt();
  }
}
