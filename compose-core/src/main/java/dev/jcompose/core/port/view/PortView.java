package dev.jcompose.core.port.view;

/**
 * A port of a container.
 *
 * @param hostAddress empty when it is not published
 * @param hostPort 0 when it is not published
 * @param protocol "tcp", "udp" or "sctp"
 */
public record PortView(String hostAddress, int hostPort, int containerPort, String protocol) {}
