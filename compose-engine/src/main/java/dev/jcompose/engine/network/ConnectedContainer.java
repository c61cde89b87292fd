package dev.jcompose.engine.network;

import java.nio.file.Path;
import java.util.List;

/**
 * A running container as the engine's records have it after a restart.
 *
 * @param containerId id of the container
 * @param networkNamespace {@code /proc/PID/ns/net}
 * @param leases its endpoints
 * @param ports its published ports
 * @param dns what the user said about name resolution
 */
public record ConnectedContainer(
    String containerId,
    Path networkNamespace,
    List<EndpointLease> leases,
    List<PublishedPort> ports,
    DnsOptions dns) {
  public ConnectedContainer {
    leases = List.copyOf(leases);
    ports = List.copyOf(ports);
  }
}
