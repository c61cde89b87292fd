package dev.jcompose.engine.container.start;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.network.NetworkDriver;
import dev.jcompose.engine.network.Networks;
import dev.jcompose.engine.network.dns.HostsFile;
import dev.jcompose.engine.network.dns.ResolvConf;
import dev.jcompose.engine.state.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Writes the files shown as /etc/hosts, /etc/hostname and /etc/resolv.conf. */
final class EtcFiles {
  private static final Path HOST_RESOLV_CONF = Path.of("/etc/resolv.conf");
  private static final Path HOST_HOSTS = Path.of("/etc/hosts");
  private static final String HOST_GATEWAY = "host-gateway";

  // These are made anew at every start, so they need no protection against a crash.
  void write(ContainerRecord container, ContainerPaths paths, List<EndpointLease> leases)
      throws IOException {
    boolean host = leases.stream().anyMatch(lease -> lease.driver() == NetworkDriver.HOST);
    boolean bridge = leases.stream().anyMatch(lease -> lease.driver() == NetworkDriver.BRIDGE);
    NetworkSettings network = container.spec().network();
    ResolvConf wanted = new ResolvConf(network.dns(), network.dnsSearch(), network.dnsOptions());
    ResolvConf machine =
        Files.exists(HOST_RESOLV_CONF)
            ? ResolvConf.parse(Files.readString(HOST_RESOLV_CONF))
            : new ResolvConf(List.of(), List.of(), List.of());
    ResolvConf result = bridge ? machine.forContainer(wanted) : machine.forHostNetwork(wanted);
    Files.writeString(paths.resolvConf(), result.text());
    Files.writeString(paths.hostname(), container.hostname() + "\n");
    Files.writeString(paths.hosts(), hosts(container, leases, host));
  }

  private String hosts(ContainerRecord container, List<EndpointLease> leases, boolean host)
      throws IOException {
    List<HostsFile.Entry> extra = extraHosts(container, leases);
    if (host && Files.exists(HOST_HOSTS)) {
      StringBuilder text = new StringBuilder(Files.readString(HOST_HOSTS));
      for (HostsFile.Entry entry : extra) {
        text.append(entry.address()).append('\t');
        text.append(String.join(" ", entry.names())).append('\n');
      }
      return text.toString();
    }
    List<String> own =
        leases.stream()
            .map(EndpointLease::address)
            .filter(Objects::nonNull)
            .map(address -> address.address().getHostAddress())
            .toList();
    return HostsFile.text(
        extra, own, container.hostname(), container.spec().isolation().domainname());
  }

  private static List<HostsFile.Entry> extraHosts(
      ContainerRecord container, List<EndpointLease> leases) {
    List<HostsFile.Entry> entries = new ArrayList<>();
    for (String text : container.spec().network().extraHosts()) {
      int cut = text.indexOf('=') > 0 ? text.indexOf('=') : text.indexOf(':');
      if (cut <= 0) {
        throw new EngineException.InvalidRequest(
            "bad format for extra host \"" + text + "\"; write name:address");
      }
      String address = text.substring(cut + 1);
      if (address.startsWith("[") && address.endsWith("]")) {
        address = address.substring(1, address.length() - 1);
      }
      entries.add(
          new HostsFile.Entry(
              address.equals(HOST_GATEWAY) ? gateway(leases) : address,
              List.of(text.substring(0, cut))));
    }
    return entries;
  }

  private static String gateway(List<EndpointLease> leases) {
    EndpointLease lease = Networks.gatewayOf(leases);
    if (lease == null || lease.gateway() == null) {
      return "127.0.0.1";
    }
    return lease.gateway().getHostAddress();
  }
}
