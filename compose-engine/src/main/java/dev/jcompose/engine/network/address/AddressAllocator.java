package dev.jcompose.engine.network.address;

import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Hands out the addresses of one subnet in ascending order, going round, so that an address given
 * back is not given out again at once. Not safe for several threads.
 */
public final class AddressAllocator {
  private final Cidr subnet;
  private final long first;
  private final long last;
  private final Set<Long> taken = new HashSet<>();
  private long cursor;

  /**
   * @param subnet the network; its first address, and the last of an IPv4 network, name the network
   *     itself and all hosts, and are never handed out unless it is too small for that
   * @param range part of the subnet to hand out from
   */
  public AddressAllocator(Cidr subnet, Cidr range) {
    this.subnet = subnet;
    boolean plain = subnet.size() > 2;
    long rangeFirst = subnet.offsetOf(range.network().address());
    long rangeLast = rangeFirst + (range.size() - 1);
    this.first = plain ? Math.max(rangeFirst, 1) : rangeFirst;
    this.last = plain ? Math.min(rangeLast, subnet.size() - 2) : rangeLast;
    this.cursor = first - 1;
  }

  /** The next free address of the range, empty when there is none left. */
  public Optional<InetAddress> next() {
    if (last < first) {
      return Optional.empty();
    }
    long places = Math.min(last - first, taken.size()) + 1;
    for (long tried = 0, offset = cursor; tried < places; tried++) {
      offset = offset < first || offset >= last ? first : offset + 1;
      if (taken.add(offset)) {
        cursor = offset;
        return Optional.of(subnet.at(offset));
      }
    }
    return Optional.empty();
  }

  /**
   * Takes a certain address of the subnet, be it inside the range or not.
   *
   * @return whether it was free
   */
  public boolean take(InetAddress address) {
    return taken.add(subnet.offsetOf(address));
  }

  /** Gives an address back. */
  public void release(InetAddress address) {
    taken.remove(subnet.offsetOf(address));
  }
}
