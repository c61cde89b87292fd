package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.network.firewall.BridgeRule;
import dev.jcompose.engine.network.firewall.Firewall;
import dev.jcompose.engine.network.firewall.PortRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes over what an earlier engine of this root left running. */
final class Takeover {
  private final NetworkRegistry registry;
  private final Attachments attachments;
  private final Services services;
  private final BridgeNetworks bridgeNetworks;
  private final Links links;
  private final Firewall firewall;
  private final List<String> problems = new ArrayList<>();

  Takeover(
      NetworkRegistry registry,
      Attachments attachments,
      Services services,
      BridgeNetworks bridgeNetworks,
      Links links,
      Firewall firewall) {
    this.registry = registry;
    this.attachments = attachments;
    this.services = services;
    this.bridgeNetworks = bridgeNetworks;
    this.links = links;
    this.firewall = firewall;
  }

  List<String> adopt(List<ConnectedContainer> running) {
    Set<String> wantedLinks = new HashSet<>();
    for (ConnectedContainer container : running) {
      for (EndpointLease lease : container.leases()) {
        adopt(lease, container.networkNamespace());
        wantedLinks.add(lease.hostInterface());
      }
    }
    Map<String, List<PortRule>> ports = new LinkedHashMap<>();
    for (ConnectedContainer container : running) {
      adoptServices(container, ports);
    }
    adoptKernel(wantedLinks, ports);
    return problems;
  }

  private void adopt(EndpointLease lease, Path namespace) {
    registry
        .of(lease)
        .ifPresentOrElse(
            state -> state.adopt(lease),
            () ->
                problems.add(
                    "container "
                        + lease.containerName()
                        + " is on network "
                        + lease.networkName()
                        + ", which is gone"));
    if (lease.driver() == NetworkDriver.BRIDGE) {
      attachments.add(namespace, lease);
    }
  }

  private void adoptServices(ConnectedContainer container, Map<String, List<PortRule>> ports) {
    String id = container.containerId();
    EndpointLease via = Networks.gatewayOf(container.leases());
    if (via != null && via.address() != null && !container.ports().isEmpty()) {
      ports.put(id, Services.rules(container.ports(), via.address().address()));
      try {
        services.restore(id, container.ports(), via);
      } catch (EngineException e) {
        problems.add("container " + via.containerName() + ": " + e.getMessage());
      }
    }
    try {
      services.openDns(id, container.networkNamespace(), container.dns());
    } catch (EngineException e) {
      problems.add(e.getMessage());
    }
  }

  private void adoptKernel(Set<String> wantedLinks, Map<String, List<PortRule>> ports) {
    List<BridgeRule> bridges = new ArrayList<>();
    for (NetworkState state : registry.all()) {
      bridgeNetworks.retire(state);
      Network network = state.network();
      if (!network.pools().isEmpty()) {
        wantedLinks.add(network.bridgeName());
        if (links.exists(network.bridgeName())) {
          bridges.add(BridgeNetworks.rule(network));
        }
      }
    }
    links.removeLeftovers(wantedLinks);
    firewall.note(bridges, ports);
    firewall.replace();
  }
}
