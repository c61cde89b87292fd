package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.EngineException.InvalidRequest;
import dev.jcompose.engine.api.network.Ipam;
import dev.jcompose.engine.api.network.IpamPool;
import dev.jcompose.engine.api.network.NetworkCreate;
import dev.jcompose.engine.api.network.NetworkInspect;
import dev.jcompose.engine.api.network.NetworkMember;
import dev.jcompose.engine.network.AddressPool;
import dev.jcompose.engine.network.EndpointLease;
import dev.jcompose.engine.network.Network;
import dev.jcompose.engine.network.NetworkSpec;
import dev.jcompose.engine.network.address.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Networks, both ways. */
public final class NetworkViews {
  private NetworkViews() {}

  /**
   * What a request asks for.
   *
   * @throws InvalidRequest naming the part that makes no sense, or that this engine does not do
   */
  public static NetworkSpec spec(NetworkCreate request) {
    refuseUnless(!request.ingress() && !request.configOnly(), "swarm networks are not supported");
    refuseUnless(
        request.scope().isEmpty() || request.scope().equals("local"),
        "networks of scope \"" + request.scope() + "\" are not supported; only local ones");
    refuseUnless(
        !Boolean.FALSE.equals(request.enableIpv4()), "networks without IPv4 are not supported");
    Ipam ipam = request.ipam() == null ? Ipam.DEFAULT : request.ipam();
    refuseUnless(
        ipam.driver().isEmpty() || ipam.driver().equals("default"),
        "address management by \"" + ipam.driver() + "\" is not supported; use default");
    List<AddressPool> pools = new ArrayList<>();
    for (IpamPool pool : ipam.pools()) {
      pools.add(pool(pool));
    }
    return new NetworkSpec(
        request.name(),
        request.driver(),
        pools,
        request.internal(),
        request.enableIpv6(),
        request.attachable(),
        request.options(),
        ipam.options(),
        request.labels());
  }

  /** A network; without members where it is only listed. */
  public static NetworkInspect view(Network network, List<EndpointLease> members) {
    Map<String, NetworkMember> containers = new LinkedHashMap<>();
    for (EndpointLease lease : members) {
      containers.put(
          lease.containerId(),
          new NetworkMember(
              lease.containerName(),
              lease.endpointId(),
              lease.macAddress() == null ? "" : lease.macAddress().toString(),
              lease.address() == null ? "" : lease.address().toString(),
              ""));
    }
    return new NetworkInspect(
        network.name(),
        network.id(),
        network.created().toString(),
        "local",
        network.driver().apiName(),
        true,
        network.enableIpv6(),
        new Ipam(
            "default",
            network.ipamOptions(),
            network.pools().stream().map(NetworkViews::view).toList()),
        network.internal(),
        network.attachable(),
        false,
        containers,
        network.options(),
        network.labels());
  }

  private static AddressPool pool(IpamPool pool) {
    try {
      Map<String, InetAddress> auxiliary = new LinkedHashMap<>();
      pool.auxiliaryAddresses()
          .forEach((name, address) -> auxiliary.put(name, Cidr.parseAddress(address)));
      return new AddressPool(
          pool.subnet().isEmpty() ? null : Cidr.parse(pool.subnet()),
          pool.ipRange().isEmpty() ? null : Cidr.parse(pool.ipRange()),
          pool.gateway().isEmpty() ? null : Cidr.parseAddress(pool.gateway()),
          auxiliary);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequest(e.getMessage() == null ? "invalid address" : e.getMessage(), e);
    }
  }

  private static IpamPool view(AddressPool pool) {
    Map<String, String> auxiliary = new LinkedHashMap<>();
    pool.auxiliary().forEach((name, address) -> auxiliary.put(name, Cidr.text(address)));
    return new IpamPool(
        pool.subnet() == null ? "" : pool.subnet().toString(),
        pool.ipRange() == null ? "" : pool.ipRange().toString(),
        pool.gateway() == null ? "" : Cidr.text(pool.gateway()),
        auxiliary);
  }

  private static void refuseUnless(boolean fine, String message) {
    if (!fine) {
      throw new InvalidRequest(message);
    }
  }
}
