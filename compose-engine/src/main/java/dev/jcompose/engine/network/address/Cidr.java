package dev.jcompose.engine.network.address;

import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address with the length of its network prefix, IPv4 or IPv6: {@code 172.24.0.2/24}.
 *
 * @param address the address, host bits included
 * @param prefixLength leading bits that name the network, 0 to 32 (IPv4) or 128 (IPv6)
 */
public record Cidr(InetAddress address, int prefixLength) {
  // Two or more groups in a row, with the colons around them.
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

  public Cidr {
    int bits = address.getAddress().length * 8;
    if (prefixLength < 0 || prefixLength > bits) {
      throw new IllegalArgumentException(
          "prefix length " + prefixLength + " is not between 0 and " + bits);
    }
  }

  /**
   * Reads {@code ADDRESS/LENGTH}; the inverse of {@link #toString()}.
   *
   * @throws IllegalArgumentException when the text has another form; names the text
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a subnet; write ADDRESS/LENGTH, for example 172.24.0.0/24");
    }
    try {
      return new Cidr(
          parseAddress(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a subnet; write ADDRESS/LENGTH, for example 172.24.0.0/24", e);
    }
  }

  /**
   * Reads a literal address; never asks a name server.
   *
   * @throws IllegalArgumentException when the text is not a literal address; names the text
   */
  public static InetAddress parseAddress(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not an IP address", e);
    }
  }

  /** An address as people write it: the longest run of zeros of an IPv6 address shortened. */
  public static String text(InetAddress address) {
    String text = address.getHostAddress();
    if (!(address instanceof Inet6Address)) {
      return text;
    }
    Matcher zeros = ZEROS.matcher(text);
    String longest = "";
    while (zeros.find()) {
      longest = zeros.group().length() > longest.length() ? zeros.group() : longest;
    }
    return longest.isEmpty() ? text : text.replaceFirst(Pattern.quote(longest), "::");
  }

  /** The address {@code offset} places after the first address of this network. */
  public InetAddress at(long offset) {
    byte[] first = network().address.getAddress();
    byte[] sum = new BigInteger(1, first).add(BigInteger.valueOf(offset)).toByteArray();
    byte[] bytes = new byte[first.length];
    int count = Math.min(sum.length, bytes.length);
    System.arraycopy(sum, sum.length - count, bytes, bytes.length - count, count);
    return addressOf(bytes);
  }

  /** How many places {@code other} is after the first address of this network; may be negative. */
  public long offsetOf(InetAddress other) {
    return new BigInteger(1, other.getAddress())
        .subtract(new BigInteger(1, network().address.getAddress()))
        .longValue();
  }

  /** The same network with all host bits zero. */
  public Cidr network() {
    byte[] bytes = address.getAddress();
    for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >>> (bit % 8));
    }
    return new Cidr(addressOf(bytes), prefixLength);
  }

  /** Number of addresses, capped at {@link Long#MAX_VALUE} for wide IPv6 networks. */
  public long size() {
    int hostBits = address.getAddress().length * 8 - prefixLength;
    return hostBits >= 63 ? Long.MAX_VALUE : 1L << hostBits;
  }

  /** The last address of the network: the broadcast address of an IPv4 network. */
  public InetAddress last() {
    byte[] bytes = address.getAddress();
    for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] |= (byte) (0x80 >>> (bit % 8));
    }
    return addressOf(bytes);
  }

  /** Whether {@code other} is an address of this network; false across address families. */
  public boolean contains(InetAddress other) {
    byte[] theirs = other.getAddress();
    return theirs.length == address.getAddress().length
        && new Cidr(other, prefixLength).network().address.equals(network().address);
  }

  /** Whether the two networks share an address; false across address families. */
  public boolean overlaps(Cidr other) {
    return prefixLength <= other.prefixLength ? contains(other.address) : other.contains(address);
  }

  /** Whether this is an IPv4 network. */
  public boolean isIpv4() {
    return address.getAddress().length == 4;
  }

  static InetAddress addressOf(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + Arrays.toString(bytes), e);
    }
  }

  @Override
  public String toString() {
    return text(address) + "/" + prefixLength;
  }
}
