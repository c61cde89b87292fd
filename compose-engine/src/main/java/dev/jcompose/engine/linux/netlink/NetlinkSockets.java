package dev.jcompose.engine.linux.netlink;

/**
 * Opens netlink sockets. A socket belongs for good to the network namespace of the opening thread.
 */
public interface NetlinkSockets {
  /** Kernel subsystem at the other end; the number is that of {@code linux/netlink.h}. */
  enum Family {
    ROUTE(0),
    NETFILTER(12);

    private final int number;

    Family(int number) {
      this.number = number;
    }

    /** The value of the third argument of socket(2). */
    public int number() {
      return number;
    }
  }

  /**
   * A socket with extended acknowledgements on and a receive time limit of some seconds.
   *
   * @throws NetlinkException when the kernel refuses
   */
  Socket open(Family family);

  /**
   * A socket as of {@link #open} that also receives what the kernel tells a multicast group.
   *
   * @param group number of the group, 1 to 32, as in the headers of the family
   * @throws NetlinkException when the kernel refuses
   */
  Socket listen(Family family, int group);

  /** One open socket; not safe for several threads. */
  interface Socket extends AutoCloseable {
    /** Sends one datagram of one or more messages. */
    void send(byte[] datagram);

    /** To be watched for something to {@link #receive}; valid until the socket is closed. */
    int descriptor();

    /** Waits for the next datagram and returns exactly its bytes. */
    byte[] receive();

    @Override
    void close();
  }
}
