package dev.jcompose.core.project.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container port made reachable from the host. The text form is {@code
 * [[ip:]published:]target[/protocol]}.
 *
 * @param name free text for people; null for none
 * @param mode {@code ingress} or {@code host}; kept but without effect here
 * @param hostIp address on the host; null for all
 * @param target port in the container, 1..65535
 * @param published port on the host, or several of which the engine takes a free one; null lets the
 *     engine choose
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param appProtocol free text for people; null for none
 */
public record PortMapping(
    @Nullable String name,
    @Nullable String mode,
    @Nullable String hostIp,
    int target,
    @Nullable PortRange published,
    String protocol,
    @Nullable String appProtocol) {

  /** A mapping with nothing but what the engine uses. */
  public static PortMapping of(
      @Nullable String hostIp, @Nullable PortRange published, int target, String protocol) {
    return new PortMapping(null, "ingress", hostIp, target, published, protocol, null);
  }

  /**
   * Reads the short form. Equal ranges on both sides give one mapping for each port; a range
   * published for a single target stays one mapping.
   *
   * @throws IllegalArgumentException saying what is wrong with the text, without quoting the whole
   *     of it
   */
  public static List<PortMapping> parse(String text) {
    String rest = text;
    String protocol = "tcp";
    int slash = rest.lastIndexOf('/');
    if (slash >= 0) {
      protocol = rest.substring(slash + 1).toLowerCase(java.util.Locale.ROOT);
      rest = rest.substring(0, slash);
      if (!protocol.equals("tcp") && !protocol.equals("udp") && !protocol.equals("sctp")) {
        throw new IllegalArgumentException(
            "\"" + protocol + "\" is not a protocol (tcp, udp or sctp)");
      }
    }
    int targetAt = rest.lastIndexOf(':');
    PortRange target = range(rest.substring(targetAt + 1));
    if (target.first() == 0) {
      throw new IllegalArgumentException("a container port cannot be 0");
    }
    if (targetAt < 0) {
      return expand(null, null, target, protocol);
    }
    rest = rest.substring(0, targetAt);
    int publishedAt = rest.endsWith("]") ? rest.length() : rest.lastIndexOf(':');
    String published = publishedAt >= rest.length() ? "" : rest.substring(publishedAt + 1);
    String host = publishedAt < 0 ? null : rest.substring(0, publishedAt);
    return expand(
        host == null ? null : address(host),
        published.isEmpty() ? null : range(published),
        target,
        protocol);
  }

  private static PortRange range(String text) {
    PortRange range = PortRange.parse(text);
    if (range == null) {
      throw new IllegalArgumentException("\"" + text + "\" is not a port number or range");
    }
    return range;
  }

  private static @Nullable String address(String text) {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (bare.isEmpty()) {
      return null;
    }
    if (!IpAddress.isValid(bare)) {
      throw new IllegalArgumentException("\"" + bare + "\" is not an IP address");
    }
    return bare;
  }

  private static List<PortMapping> expand(
      @Nullable String host, @Nullable PortRange published, PortRange target, String protocol) {
    if (published != null && published.size() != target.size() && target.size() > 1) {
      throw new IllegalArgumentException(
          "the ranges " + published + " and " + target + " differ in length");
    }
    if (target.size() == 1) {
      return List.of(of(host, published, target.first(), protocol));
    }
    List<PortMapping> mappings = new ArrayList<>(target.size());
    for (int i = 0; i < target.size(); i++) {
      PortRange one =
          published == null ? null : new PortRange(published.first() + i, published.first() + i);
      mappings.add(of(host, one, target.first() + i, protocol));
    }
    return mappings;
  }

  /**
   * A text that {@link #parse} reads to a list with just this mapping (names and modes left out).
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (hostIp != null) {
      text.append(hostIp.indexOf(':') < 0 ? hostIp : "[" + hostIp + "]").append(':');
    }
    if (published != null) {
      text.append(published).append(':');
    } else if (hostIp != null) {
      text.append(':');
    }
    return text.append(target).append('/').append(protocol).toString();
  }
}
