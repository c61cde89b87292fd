package dev.jcompose.engine.network.firewall;

import dev.jcompose.engine.network.PublishedPort;
import java.net.InetAddress;

/**
 * A published port and where it leads.
 *
 * @param port what is published
 * @param container IPv4 address of the container
 */
public record PortRule(PublishedPort port, InetAddress container) {}
