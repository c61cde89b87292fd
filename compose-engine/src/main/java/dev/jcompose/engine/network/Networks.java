package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The networks of this root and the containers on them. Safe for use by many threads; calls about
 * different containers do not wait for each other longer than the kernel makes them.
 *
 * <p>Order at the start of a container: {@link #reserve} for each network, {@link #publish},
 * (launch to the gate), {@link #connect}, {@link #openDns}, (open the gate). At its end: {@link
 * #closeDns}, {@link #unpublish}, {@link #disconnect} for each lease; each of these does nothing
 * the second time.
 *
 * <p>Every method throws {@link EngineException} with one sentence for the user.
 */
public interface Networks extends AutoCloseable {
  /** Names of the networks that always exist. */
  Set<String> PREDEFINED = Set.of("bridge", "host", "none");

  /**
   * Makes a network: chooses or checks its subnet, makes the bridge, and writes it down.
   *
   * @throws EngineException Conflict when the name is taken; InvalidRequest when the spec
   *     contradicts itself or overlaps another network
   */
  Network create(NetworkSpec spec);

  /**
   * Removes a network and its bridge.
   *
   * @param idOrName full id, name, or a prefix of the id that fits one network only
   * @throws EngineException NotFound; Forbidden for a predefined one or while it has endpoints
   */
  void remove(String idOrName);

  /** All networks, the predefined ones included, oldest first. */
  List<Network> list();

  /**
   * One network.
   *
   * @param idOrName full id, name, or a prefix of the id that fits one network only
   * @throws EngineException NotFound; InvalidRequest when the prefix fits several
   */
  Network get(String idOrName);

  /** The leases of a network that were reserved and not yet disconnected. */
  List<EndpointLease> endpoints(String idOrName);

  /**
   * Reserves addresses for a container. Nothing changes in the kernel yet, except that the bridge
   * of the network is there afterwards.
   *
   * @throws EngineException NotFound; Conflict when the wished address is taken, the network has
   *     none left, or the container is on this network already; InvalidRequest when the address
   *     lies outside
   */
  EndpointLease reserve(String network, EndpointRequest request);

  /**
   * Plugs a container in: brings its loopback interface up, makes one interface per lease (eth0,
   * eth1, … in the order given, going on after those that are there), and sets the default route of
   * the endpoint with the highest priority among all that the container has. Returns when packets
   * flow. Names of the leases can be resolved from now on. With no bridge lease only the loopback
   * interface is brought up; leases of the host network change nothing at all.
   *
   * @param networkNamespace {@code /proc/PID/ns/net}
   */
  void connect(Path networkNamespace, List<EndpointLease> leases);

  /**
   * The container of a lease has another name now: its old name is no longer answered, its new one
   * is.
   *
   * @return the lease as it is now
   */
  EndpointLease rename(EndpointLease lease, String containerName);

  /** Unplugs one endpoint and gives its addresses back; also for a lease never connected. */
  void disconnect(EndpointLease lease);

  /**
   * Reserves host ports and forwards them. All or nothing. On an internal network nothing can be
   * published: the result is empty.
   *
   * @param via the endpoint that gets the traffic; see {@link #gatewayOf(List)}
   * @return what was bound, in the order asked for
   * @throws PortTakenException naming the port and, when it can be found, the holder
   */
  List<PublishedPort> publish(String containerId, List<PortBinding> wanted, EndpointLease via);

  /** Takes back everything {@link #publish} did for the container. */
  void unpublish(String containerId);

  /**
   * Answers names at 127.0.0.11 port 53, UDP and TCP, inside the container's network namespace.
   * Which names, is decided by the container's leases at the time of each query.
   */
  void openDns(String containerId, Path networkNamespace, DnsOptions options);

  /** Stops answering. */
  void closeDns(String containerId);

  /**
   * Takes over after a restart of the engine: reserves the leases again, opens names and ports of
   * the running containers, writes the firewall anew, and removes links and rules of this root that
   * belong to nobody.
   *
   * @return one sentence for each thing that could not be taken over
   */
  List<String> adopt(List<ConnectedContainer> running);

  /** Stops serving names and ports; leaves links and rules in place for containers that go on. */
  @Override
  void close();

  /**
   * The lease that gives the default route: the highest priority, then the first name; internal
   * networks give none.
   *
   * @return null when no lease gives a default route
   */
  static @Nullable EndpointLease gatewayOf(List<EndpointLease> leases) {
    return leases.stream()
        .filter(lease -> lease.gateway() != null)
        .min(
            Comparator.comparingInt(EndpointLease::gatewayPriority)
                .reversed()
                .thenComparing(EndpointLease::networkName))
        .orElse(null);
  }
}
