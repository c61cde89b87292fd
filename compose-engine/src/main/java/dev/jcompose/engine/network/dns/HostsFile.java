package dev.jcompose.engine.network.dns;

import java.util.List;

/** The text of a container's /etc/hosts. */
public final class HostsFile {
  private static final String LOOPBACK =
      """
      127.0.0.1	localhost
      ::1	localhost ip6-localhost ip6-loopback
      fe00::	ip6-localnet
      ff00::	ip6-mcastprefix
      ff02::1	ip6-allnodes
      ff02::2	ip6-allrouters
      """;

  private HostsFile() {}

  /**
   * One line of the file.
   *
   * @param address literal address
   * @param names at least one name
   */
  public record Entry(String address, List<String> names) {
    public Entry {
      names = List.copyOf(names);
    }
  }

  /**
   * The loopback lines, then the user's extra hosts, then the container's own addresses.
   *
   * @param extraHosts what {@code extra_hosts} says, {@code host-gateway} already replaced
   * @param ownAddresses literal addresses of the container, one per network
   * @param hostname the container's host name
   * @param domainName domain of the container, {@code ""} for none
   */
  public static String text(
      List<Entry> extraHosts, List<String> ownAddresses, String hostname, String domainName) {
    StringBuilder text = new StringBuilder(LOOPBACK);
    for (Entry entry : extraHosts) {
      line(text, entry.address, String.join(" ", entry.names));
    }
    String names = domainName.isEmpty() ? hostname : hostname + "." + domainName + " " + hostname;
    for (String address : ownAddresses) {
      line(text, address, names);
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String address, String names) {
    text.append(address).append('\t').append(names).append('\n');
  }
}
