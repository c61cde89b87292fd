package dev.jcompose.engine.network.firewall;

import dev.jcompose.engine.network.address.Cidr;

/**
 * What the firewall has to know of a bridge.
 *
 * @param bridge name of the interface
 * @param subnet its IPv4 network
 * @param internal nothing goes in or out
 * @param masquerade packets going out get the address of this machine
 */
public record BridgeRule(String bridge, Cidr subnet, boolean internal, boolean masquerade) {}
