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

  /** One open socket; not safe for several threads. */
  interface Socket extends AutoCloseable {
    /** Sends one datagram of one or more messages. */
    void send(byte[] datagram);

    /** Waits for the next datagram and returns exactly its bytes. */
    byte[] receive();

    @Override
    void close();
  }
}
