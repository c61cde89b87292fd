package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.network.address.Cidr;
import dev.jcompose.engine.network.address.SubnetChooser;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Completes the address pool of a network that is asked for, or refuses it. */
final class PoolCheck {
  private final SubnetChooser chooser;

  PoolCheck(SubnetChooser chooser) {
    this.chooser = chooser;
  }

  /**
   * The pool with subnet and gateway filled in.
   *
   * @param networks subnets of the networks of this root
   * @param machine networks this machine has addresses in, routes to, or name servers in
   * @param attached of these, the ones it has addresses in
   */
  AddressPool complete(
      AddressPool wanted,
      Collection<Cidr> networks,
      Collection<Cidr> machine,
      Collection<Cidr> attached) {
    Cidr subnet = wanted.subnet();
    if (subnet == null) {
      if (wanted.ipRange() != null || wanted.gateway() != null) {
        throw invalid("a gateway or ip_range needs a subnet beside it");
      }
      List<Cidr> occupied = Stream.concat(networks.stream(), machine.stream()).toList();
      subnet =
          chooser
              .choose(occupied)
              .orElseThrow(
                  () ->
                      new EngineException.Conflict(
                          "all predefined address pools have been fully subnetted; give the network a"
                              + " subnet of its own or remove networks that are not used"));
    } else {
      check(wanted, subnet, networks, attached);
    }
    InetAddress gateway = wanted.gateway() == null ? firstHost(wanted, subnet) : wanted.gateway();
    return new AddressPool(subnet.network(), wanted.ipRange(), gateway, wanted.auxiliary());
  }

  private static InetAddress firstHost(AddressPool wanted, Cidr subnet) {
    long offset = subnet.size() > 2 ? 1 : 0;
    while (wanted.auxiliary().containsValue(subnet.at(offset))) {
      offset++;
    }
    return subnet.at(offset);
  }

  private static void check(
      AddressPool wanted, Cidr subnet, Collection<Cidr> networks, Collection<Cidr> attached) {
    if (!subnet.isIpv4()) {
      throw invalid(
          "subnet "
              + subnet
              + " is IPv6, which bridge networks do not have here yet; use an IPv4 subnet");
    }
    if (!subnet.network().equals(subnet)) {
      throw invalid(
          "invalid network config: subnet "
              + subnet
              + " has bits set beyond its prefix; it should be "
              + subnet.network());
    }
    if (subnet.prefixLength() > 30 || subnet.prefixLength() < 8) {
      throw invalid("subnet " + subnet + " must have a prefix between /8 and /30");
    }
    for (Cidr other : networks) {
      if (other.overlaps(subnet)) {
        throw invalid(
            "invalid pool request: Pool overlaps with other one on this address space: "
                + subnet
                + " and "
                + other.network());
      }
    }
    for (Cidr other : attached) {
      if (other.overlaps(subnet)) {
        throw invalid(
            "subnet "
                + subnet
                + " overlaps "
                + other.network()
                + ", which this machine is part of; choose another");
      }
    }
    Cidr range = wanted.ipRange();
    if (range != null
        && (!subnet.contains(range.address()) || range.prefixLength() < subnet.prefixLength())) {
      throw invalid("ip_range " + range + " is not part of subnet " + subnet);
    }
    InetAddress gateway = wanted.gateway();
    if (gateway != null) {
      inside("gateway", gateway, subnet);
    }
    for (Map.Entry<String, InetAddress> auxiliary : wanted.auxiliary().entrySet()) {
      inside("auxiliary address " + auxiliary.getKey(), auxiliary.getValue(), subnet);
    }
  }

  /** Refuses an address that no host of the subnet can have. */
  static void inside(String what, InetAddress address, Cidr subnet) {
    if (!subnet.contains(address)) {
      throw invalid(what + " " + address.getHostAddress() + " does not belong to subnet " + subnet);
    }
    if (address.equals(subnet.network().address()) || address.equals(subnet.last())) {
      throw invalid(
          what
              + " "
              + address.getHostAddress()
              + " is the first or last address of subnet "
              + subnet
              + ", which no host can have");
    }
  }

  private static EngineException invalid(String message) {
    return new EngineException.InvalidRequest(message);
  }
}
