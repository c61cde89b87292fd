package dev.jcompose.engine.network;

import java.net.InetAddress;

/**
 * A port that is published. A binding to every address becomes two of these, {@code 0.0.0.0} and
 * {@code ::}.
 *
 * @param containerPort 1 to 65535
 * @param protocol transport
 * @param hostAddress address of this machine, or the wildcard of its family
 * @param hostPort 1 to 65535
 */
public record PublishedPort(
    int containerPort, PortBinding.Protocol protocol, InetAddress hostAddress, int hostPort) {}
