package dev.jcompose.engine.network;

import java.util.List;
import java.util.Map;

/**
 * What the user said about name resolution of a container; empty lists: as the machine has it.
 *
 * @param servers literal addresses of name servers, asked in this order
 * @param search domains to complete short names with
 * @param options resolver options such as {@code ndots:2}
 * @param links names that only this container knows, each with what it stands for: names, aliases
 *     or ids of containers on its networks
 */
public record DnsOptions(
    List<String> servers,
    List<String> search,
    List<String> options,
    Map<String, List<String>> links) {
  /** Nothing said. */
  public static final DnsOptions DEFAULT =
      new DnsOptions(List.of(), List.of(), List.of(), Map.of());

  public DnsOptions {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
    links = Map.copyOf(links);
  }
}
