package dev.jcompose.engine.container;

/**
 * A published port.
 *
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param hostAddress {@code 0.0.0.0}, {@code ::} or one address
 */
public record BoundPort(int containerPort, String protocol, String hostAddress, int hostPort) {}
