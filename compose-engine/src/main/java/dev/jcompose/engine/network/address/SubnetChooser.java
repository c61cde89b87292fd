package dev.jcompose.engine.network.address;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Chooses small subnets for networks that name none. Small ones, because a /16 for every network of
 * a project soon collides with somebody's VPN, and there are only a few of them.
 */
public final class SubnetChooser {
  /** Private address space, away from the beginnings that routers, clouds and Docker like. */
  public static final SubnetChooser DEFAULT =
      new SubnetChooser(
          List.of(
              Cidr.parse("172.24.0.0/14"),
              Cidr.parse("172.20.0.0/14"),
              Cidr.parse("192.168.128.0/17")),
          24);

  private final List<Cidr> pools;
  private final int prefixLength;

  /**
   * @param pools IPv4 networks to cut subnets from, in this order
   * @param prefixLength length of each subnet's prefix
   */
  public SubnetChooser(List<Cidr> pools, int prefixLength) {
    this.pools = List.copyOf(pools);
    this.prefixLength = prefixLength;
  }

  /** The first subnet that shares no address with an occupied one, empty when there is none. */
  public Optional<Cidr> choose(Collection<Cidr> occupied) {
    long[][] busy =
        occupied.stream()
            .filter(Cidr::isIpv4)
            .map(cidr -> new long[] {number(cidr.network()), number(cidr.network()) + cidr.size()})
            .toArray(long[][]::new);
    long size = 1L << (32 - prefixLength);
    for (Cidr pool : pools) {
      long start = number(pool.network());
      for (long offset = 0; offset < pool.size(); offset += size) {
        if (isFree(start + offset, start + offset + size, busy)) {
          return Optional.of(new Cidr(pool.at(offset), prefixLength));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFree(long from, long to, long[][] busy) {
    for (long[] range : busy) {
      if (from < range[1] && range[0] < to) {
        return false;
      }
    }
    return true;
  }

  private static long number(Cidr cidr) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(cidr.address().getAddress()).getInt());
  }
}
