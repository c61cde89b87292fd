package dev.jcompose.core.port.spec;

/**
 * A port to publish.
 *
 * @param hostAddress empty for all addresses
 * @param hostPort a port, a range {@code 8000-8010} to choose from, or empty for any free one
 * @param protocol "tcp", "udp" or "sctp"
 */
public record PortSpec(String hostAddress, String hostPort, int containerPort, String protocol) {}
