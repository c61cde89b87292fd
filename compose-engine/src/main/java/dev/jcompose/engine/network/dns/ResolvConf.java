package dev.jcompose.engine.network.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The three directives of resolv.conf(5) that matter here.
 *
 * @param servers addresses of name servers in order
 * @param search domains of the last {@code search} or {@code domain} line
 * @param options options of all lines in order
 */
public record ResolvConf(List<String> servers, List<String> search, List<String> options) {
  /** Where the embedded server listens inside each container. */
  public static final String EMBEDDED_SERVER = "127.0.0.11";

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  public ResolvConf {
    servers = List.copyOf(servers);
    search = List.copyOf(search);
    options = List.copyOf(options);
  }

  /** Reads the text of a resolv.conf; unknown lines are passed over as the C library does. */
  public static ResolvConf parse(String text) {
    List<String> servers = new ArrayList<>();
    List<String> search = List.of();
    List<String> options = new ArrayList<>();
    for (String line : text.lines().toList()) {
      List<String> words = List.of(BLANKS.split(line.strip()));
      List<String> rest = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "nameserver" -> rest.stream().limit(1).forEach(servers::add);
        case "search", "domain" -> search = rest;
        case "options" -> options.addAll(rest);
        default -> {}
      }
    }
    return new ResolvConf(servers, search, options);
  }

  /**
   * What a container on a bridge reads: the embedded server, the domains and options the user gave
   * or else those of the host. {@code ndots:0} is added unless ndots was said, so that service
   * names are asked for as they are.
   *
   * @param wanted what the user said; empty lists: as the host has it
   */
  public ResolvConf forContainer(ResolvConf wanted) {
    List<String> options =
        new ArrayList<>(wanted.options.isEmpty() ? this.options : wanted.options);
    if (options.stream().noneMatch(option -> option.startsWith("ndots:"))) {
      options.add("ndots:0");
    }
    return new ResolvConf(List.of(EMBEDDED_SERVER), searchOr(wanted), options);
  }

  /** What a container without a bridge (host, none) reads: the host's servers or the user's. */
  public ResolvConf forHostNetwork(ResolvConf wanted) {
    return new ResolvConf(
        wanted.servers.isEmpty() ? servers : wanted.servers,
        searchOr(wanted),
        wanted.options.isEmpty() ? options : wanted.options);
  }

  private List<String> searchOr(ResolvConf wanted) {
    if (wanted.search.equals(List.of("."))) {
      return List.of();
    }
    return wanted.search.isEmpty() ? search : wanted.search;
  }

  /** The text of the file; {@link #parse} reads it back. */
  public String text() {
    StringBuilder text = new StringBuilder();
    servers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
    if (!search.isEmpty()) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }
}
