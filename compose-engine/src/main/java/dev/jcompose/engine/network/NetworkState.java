package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.network.address.AddressAllocator;
import dev.jcompose.engine.network.address.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A network and who is on it. Every method holds the lock of this one network only. */
final class NetworkState {
  private volatile Network network;
  private @Nullable AddressAllocator addresses;
  private final Map<String, EndpointLease> leases = new LinkedHashMap<>();
  private boolean bridgeReady;
  private boolean removed;

  NetworkState(Network network) {
    this.network = network;
    use(network);
  }

  Network network() {
    return network;
  }

  /** Fills in the addresses of a network that had none, such as a default bridge at first use. */
  synchronized void use(Network completed) {
    network = completed;
    if (completed.pools().isEmpty() || addresses != null) {
      return;
    }
    AddressPool pool = completed.pools().getFirst();
    Cidr subnet = Objects.requireNonNull(pool.subnet());
    AddressAllocator allocator =
        new AddressAllocator(subnet, pool.ipRange() == null ? subnet : pool.ipRange());
    allocator.take(Objects.requireNonNull(pool.gateway()));
    pool.auxiliary().values().forEach(allocator::take);
    addresses = allocator;
  }

  /** Runs {@code work} once, unless it ran without failing before. */
  synchronized void ensureBridge(Runnable work) {
    if (!bridgeReady) {
      work.run();
      bridgeReady = true;
    }
  }

  /** Forgets bridge and addresses unless somebody is on the network; {@code work} removes them. */
  synchronized void retire(Consumer<Network> work) {
    if (leases.isEmpty() && addresses != null) {
      work.accept(network);
      network = network.withPools(List.of());
      addresses = null;
      bridgeReady = false;
    }
  }

  synchronized List<EndpointLease> leases() {
    return List.copyOf(leases.values());
  }

  /**
   * Takes an address and writes the lease that {@code maker} makes of it.
   *
   * @param bridge makes the bridge unless it is there
   */
  synchronized EndpointLease lease(EndpointRequest request, Runnable bridge, LeaseMaker maker) {
    checkUsable();
    bridge.run();
    for (EndpointLease lease : leases.values()) {
      if (lease.containerId().equals(request.containerId())) {
        throw new EngineException.Forbidden(
            "endpoint with name "
                + request.containerName()
                + " already exists in network "
                + network.name());
      }
    }
    AddressAllocator allocator = addresses;
    InetAddress address = allocator == null ? null : take(allocator, request.address());
    EndpointLease lease = maker.make(network, address);
    leases.put(lease.endpointId(), lease);
    return lease;
  }

  /** Makes the lease of an address; null on networks without addresses. */
  interface LeaseMaker {
    EndpointLease make(Network network, @Nullable InetAddress address);
  }

  private InetAddress take(AddressAllocator allocator, @Nullable InetAddress wanted) {
    if (wanted == null) {
      return allocator
          .next()
          .orElseThrow(
              () ->
                  new EngineException.Conflict(
                      "no available IPv4 addresses on the address pool of network "
                          + network.name()
                          + "; give it a larger subnet or remove containers"));
    }
    PoolCheck.inside(
        "address", wanted, Objects.requireNonNull(network.pools().getFirst().subnet()));
    if (!allocator.take(wanted)) {
      throw new EngineException.Conflict(
          "Address already in use: " + wanted.getHostAddress() + holder(wanted));
    }
    return wanted;
  }

  private String holder(InetAddress address) {
    return leases.values().stream()
        .filter(lease -> lease.address() != null && lease.address().address().equals(address))
        .map(lease -> " by container " + lease.containerName())
        .findFirst()
        .orElse(" in network " + network.name());
  }

  /** Takes over the lease of a container that ran before this engine started. */
  synchronized void adopt(EndpointLease lease) {
    leases.put(lease.endpointId(), lease);
    if (lease.address() != null && addresses != null) {
      addresses.take(lease.address().address());
    }
  }

  /** Puts a lease in the place of the one with its endpoint id, if that is there still. */
  synchronized void replace(EndpointLease lease) {
    leases.replace(lease.endpointId(), lease);
  }

  /**
   * Gives a lease back.
   *
   * @return whether it was there
   */
  synchronized boolean release(EndpointLease lease) {
    if (leases.remove(lease.endpointId()) == null) {
      return false;
    }
    if (lease.address() != null && addresses != null) {
      addresses.release(lease.address().address());
    }
    return true;
  }

  /** Refuses removal while there are endpoints; afterwards nobody can join. */
  synchronized void close() {
    checkUsable();
    if (!leases.isEmpty()) {
      List<String> names = new ArrayList<>();
      leases.values().forEach(lease -> names.add(lease.containerName()));
      throw new EngineException.Forbidden(
          "network "
              + network.name()
              + " has active endpoints ("
              + String.join(", ", names)
              + "); stop or disconnect these containers first");
    }
    removed = true;
  }

  private void checkUsable() {
    if (removed) {
      throw new EngineException.NotFound("network " + network.name() + " was removed just now");
    }
  }
}
