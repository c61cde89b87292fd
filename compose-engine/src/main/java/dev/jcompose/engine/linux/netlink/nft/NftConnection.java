package dev.jcompose.engine.linux.netlink.nft;

import dev.jcompose.engine.linux.netlink.NetlinkConnection;
import dev.jcompose.engine.linux.netlink.NetlinkSockets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Brings tables about in the network namespace of the thread that opened the connection. */
public final class NftConnection implements AutoCloseable {
  private static final int NFPROTO_INET = 1;
  private final NetlinkConnection netlink;

  private NftConnection(NetlinkConnection netlink) {
    this.netlink = netlink;
  }

  /** Connects to the network namespace of the calling thread. */
  public static NftConnection open(NetlinkSockets sockets) {
    return new NftConnection(new NetlinkConnection(sockets.open(NetlinkSockets.Family.NETFILTER)));
  }

  /**
   * Makes the kernel's table equal to {@code wanted}, all at once or not at all.
   *
   * @param present what this connection applied last; null when that is not known, then whatever
   *     table of that name is there is replaced
   */
  public void apply(@Nullable NftTable present, NftTable wanted) {
    netlink.transaction(
        NFPROTO_INET,
        transaction -> {
          NftMessages messages = new NftMessages(transaction, wanted.name());
          if (present == null || !present.sameShape(wanted)) {
            // Adding first makes the deletion succeed whether or not the table exists.
            messages.addTable();
            messages.deleteTable();
            messages.addTable();
            for (int i = 0; i < wanted.sets().size(); i++) {
              messages.addSet(wanted.sets().get(i), i + 1);
            }
            wanted.sets().forEach(set -> messages.addElements(set, entries(set.elements())));
            wanted.chains().forEach(messages::addChain);
          } else {
            changeElements(messages, present, wanted);
          }
        });
  }

  private static void changeElements(NftMessages messages, NftTable present, NftTable wanted) {
    for (int i = 0; i < wanted.sets().size(); i++) {
      NftSet set = wanted.sets().get(i);
      Map<List<Datum>, List<Datum>> before = present.sets().get(i).elements();
      Map<List<Datum>, List<Datum>> after = set.elements();
      if (before.equals(after)) {
        continue;
      }
      messages.deleteElements(
          set,
          before.entrySet().stream()
              .filter(element -> !element.getValue().equals(after.get(element.getKey())))
              .toList());
      messages.addElements(
          set,
          after.entrySet().stream()
              .filter(element -> !element.getValue().equals(before.get(element.getKey())))
              .toList());
    }
  }

  private static List<Map.Entry<List<Datum>, List<Datum>>> entries(
      Map<List<Datum>, List<Datum>> elements) {
    return new ArrayList<>(elements.entrySet());
  }

  /** Removes a table with everything in it; nothing happens when it is not there. */
  public void delete(String table) {
    netlink.transaction(
        NFPROTO_INET,
        transaction -> {
          NftMessages messages = new NftMessages(transaction, table);
          messages.addTable();
          messages.deleteTable();
        });
  }

  /** Whether a table of this name is there. */
  public boolean has(String table) {
    return netlink.hasTable(NFPROTO_INET, table);
  }

  @Override
  public void close() {
    netlink.close();
  }
}
