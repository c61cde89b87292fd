package dev.jcompose.engine.linux.netlink;

import dev.jcompose.engine.linux.KernelEvents;

/**
 * Tells when an nf_tables table is deleted, by whomever: a service that loads a machine's own rules
 * often flushes all others first.
 */
public final class DeletedTables implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DeletedTables.class.getName());
  private static final int DELETED = NftCodes.SUBSYSTEM << 8 | NftCodes.DELTABLE;
  private static final int HEADER = 4;

  private final NetlinkSockets.Socket socket;
  private final String table;
  private final Runnable deleted;
  private final KernelEvents.Watch watch;

  private DeletedTables(
      NetlinkSockets.Socket socket, KernelEvents events, String table, Runnable deleted) {
    this.socket = socket;
    this.table = table;
    this.deleted = deleted;
    this.watch = events.watch(socket.descriptor(), this::read);
  }

  /**
   * Begins to look.
   *
   * @param deleted called on the thread of the events whenever a table of this name may have been
   *     deleted; it may be there again
   */
  public static DeletedTables watch(
      NetlinkSockets sockets, KernelEvents events, String table, Runnable deleted) {
    return new DeletedTables(
        sockets.listen(NetlinkSockets.Family.NETFILTER, NftCodes.CHANGES), events, table, deleted);
  }

  private void read(KernelEvents.Watch reading) {
    try {
      for (NetlinkMessage message : NetlinkMessage.parse(socket.receive())) {
        if (message.type() == DELETED
            && message.attributes(HEADER).text(NftCodes.TABLE_NAME).equals(table)) {
          deleted.run();
        }
      }
    } catch (NetlinkException e) {
      if (e.errno() == NetlinkException.ENOBUFS) {
        // More changes than fit: this table may have been among them.
        deleted.run();
      } else if (e.errno() != NetlinkException.EAGAIN) {
        LOG.log(System.Logger.Level.WARNING, "changes of the firewall are no longer seen", e);
        reading.close();
      }
    }
  }

  @Override
  public void close() {
    watch.close();
    socket.close();
  }
}
