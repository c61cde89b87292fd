package dev.jcompose.engine.network.address;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * An Ethernet address in its lower-case text form, {@code 02:42:ac:18:00:02}.
 *
 * @param text six pairs of hexadecimal digits with colons between them
 */
public record MacAddress(String text) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}(:[0-9a-f]{2}){5}");
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");

  public MacAddress {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("\"" + text + "\" is not a MAC address");
    }
  }

  /**
   * Reads a MAC address written with colons or dashes, in any case.
   *
   * @throws IllegalArgumentException when the text has another form; names the text
   */
  public static MacAddress parse(String text) {
    return new MacAddress(text.toLowerCase(Locale.ROOT).replace('-', ':'));
  }

  /** A random unicast address from the locally administered range. */
  public static MacAddress random(RandomGenerator random) {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    bytes[0] = (byte) ((bytes[0] & 0xfe) | 0x02);
    return new MacAddress(HEX.formatHex(bytes));
  }

  /**
   * The address that belongs to an IPv4 address, {@code 02:42} and its bytes. An address that is
   * given to another container keeps its MAC address with it, so no neighbour remembers a wrong
   * one.
   */
  public static MacAddress of(InetAddress address) {
    return new MacAddress("02:42:" + HEX.formatHex(address.getAddress()));
  }

  /** The six bytes as they go over the wire. */
  public byte[] bytes() {
    return HEX.parseHex(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
