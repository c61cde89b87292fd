package dev.jcompose.engine.container.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Networks, ports and names of a container.
 *
 * @param mode empty or {@code default} or {@code bridge}: the default bridge; {@code none}; {@code
 *     host}; {@code container:<name or id>}; or the name or id of a network
 * @param attachments networks to be on, by name or id, in the client's order
 * @param ports ports to publish
 * @param exposed {@code port/protocol}, after a merge with those of the image
 * @param publishAll publish every exposed port on a free host port
 * @param dns name servers instead of the host's
 * @param dnsSearch search domains instead of the host's
 * @param dnsOptions resolver options
 * @param extraHosts {@code name:address}; the address {@code host-gateway} is the host's
 * @param links {@code container:alias}
 * @param macAddress of the first network's interface; empty: made up
 * @param disabled no network at all
 */
public record NetworkSettings(
    String mode,
    Map<String, Attachment> attachments,
    List<PortRequest> ports,
    List<String> exposed,
    boolean publishAll,
    List<String> dns,
    List<String> dnsSearch,
    List<String> dnsOptions,
    List<String> extraHosts,
    List<String> links,
    String macAddress,
    boolean disabled) {
  public static final NetworkSettings DEFAULT =
      new NetworkSettings(
          "", Map.of(), List.of(), List.of(), false, List.of(), List.of(), List.of(), List.of(),
          List.of(), "", false);

  public NetworkSettings {
    attachments = Copies.map(attachments);
    ports = List.copyOf(ports);
    exposed = List.copyOf(exposed);
    dns = List.copyOf(dns);
    dnsSearch = List.copyOf(dnsSearch);
    dnsOptions = List.copyOf(dnsOptions);
    extraHosts = List.copyOf(extraHosts);
    links = List.copyOf(links);
  }

  /** The same on other networks. */
  public NetworkSettings withNetworks(String changedMode, Map<String, Attachment> changed) {
    return new NetworkSettings(
        changedMode,
        changed,
        ports,
        exposed,
        publishAll,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        links,
        macAddress,
        disabled);
  }

  /** The same with other exposed ports. */
  public NetworkSettings withExposed(List<String> changed) {
    return new NetworkSettings(
        mode,
        attachments,
        ports,
        changed,
        publishAll,
        dns,
        dnsSearch,
        dnsOptions,
        extraHosts,
        links,
        macAddress,
        disabled);
  }

  /**
   * How a container wants to be on one network.
   *
   * @param aliases further names on this network
   * @param ipv4 wanted address, or null
   * @param ipv6 wanted address, or null
   * @param macAddress wanted hardware address, or null
   * @param links {@code container:alias}
   * @param driverOptions options for the network's driver
   * @param gatewayPriority the network with the highest gives the default route
   */
  public record Attachment(
      List<String> aliases,
      @Nullable String ipv4,
      @Nullable String ipv6,
      @Nullable String macAddress,
      List<String> links,
      Map<String, String> driverOptions,
      int gatewayPriority) {
    public static final Attachment PLAIN =
        new Attachment(List.of(), null, null, null, List.of(), Map.of(), 0);

    public Attachment {
      aliases = List.copyOf(aliases);
      links = List.copyOf(links);
      driverOptions = Copies.map(driverOptions);
    }
  }

  /**
   * A port to publish.
   *
   * @param containerPort 1 to 65535
   * @param protocol {@code tcp}, {@code udp} or {@code sctp}
   * @param hostAddress empty: all addresses
   * @param firstHostPort lowest acceptable host port; 0: any free one
   * @param lastHostPort highest acceptable host port
   */
  public record PortRequest(
      int containerPort,
      String protocol,
      String hostAddress,
      int firstHostPort,
      int lastHostPort) {}
}
