package dev.jcompose.engine.network.firewall;

import dev.jcompose.engine.linux.netlink.ConntrackConnection;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import dev.jcompose.engine.linux.netlink.nft.NftConnection;
import dev.jcompose.engine.linux.netlink.nft.NftTable;
import dev.jcompose.engine.network.PortBinding;
import dev.jcompose.engine.network.PublishedPort;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the kernel's table equal to {@link Ruleset#of} of the bridges and ports it was told of. The
 * table is there only while there is a bridge.
 */
public final class Firewall implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Firewall.class.getName());

  private final String table;
  private final NftConnection nft;
  private final ConntrackConnection connections;
  private final Map<String, BridgeRule> bridges = new LinkedHashMap<>();
  private final Map<String, List<PortRule>> ports = new LinkedHashMap<>();
  private @Nullable NftTable present;

  /**
   * @param table name of the table, different for each root
   */
  public Firewall(String table, NftConnection nft, ConntrackConnection connections) {
    this.table = table;
    this.nft = nft;
    this.connections = connections;
  }

  /** Adds a bridge or changes what is known of it. */
  public synchronized void putBridge(BridgeRule bridge) {
    BridgeRule before = bridges.put(bridge.bridge(), bridge);
    try {
      apply();
    } catch (NetlinkException e) {
      restore(bridges, bridge.bridge(), before);
      throw e;
    }
  }

  /** Forgets a bridge. */
  public synchronized void removeBridge(String bridge) {
    if (bridges.remove(bridge) != null) {
      apply();
    }
  }

  /** Sets the published ports of a container, replacing those it had. */
  public synchronized void putPorts(String containerId, List<PortRule> rules) {
    List<PortRule> before =
        rules.isEmpty() ? ports.remove(containerId) : ports.put(containerId, List.copyOf(rules));
    if (before == null && rules.isEmpty()) {
      return;
    }
    try {
      apply();
    } catch (NetlinkException e) {
      restore(ports, containerId, before);
      throw e;
    }
    forgetUdp(before == null ? rules : before);
  }

  // A client that goes on sending from the same port would still be led to where the port led to
  // before, or to nobody.
  private void forgetUdp(List<PortRule> rules) {
    Set<Integer> udp =
        rules.stream()
            .map(PortRule::port)
            .filter(port -> port.protocol() == PortBinding.Protocol.UDP)
            .map(PublishedPort::hostPort)
            .collect(Collectors.toSet());
    if (udp.isEmpty()) {
      return;
    }
    try {
      connections.forgetUdp(udp);
    } catch (NetlinkException e) {
      LOG.log(Level.WARNING, "UDP exchanges under way keep their old way: " + e.getMessage());
    }
  }

  /** Takes note of bridges and ports without telling the kernel; {@link #replace} does. */
  public synchronized void note(List<BridgeRule> allBridges, Map<String, List<PortRule>> allPorts) {
    allBridges.forEach(bridge -> bridges.put(bridge.bridge(), bridge));
    ports.putAll(allPorts);
  }

  /** Writes the whole table anew, whatever was there before. */
  public synchronized void replace() {
    present = null;
    apply();
    if (present == null) {
      nft.delete(table);
    }
  }

  /**
   * Writes the table again if somebody else has deleted it: without it networks would not be apart
   * from each other, and no packet would find its way out.
   */
  public synchronized void mend() {
    if (present == null || nft.has(table)) {
      return;
    }
    LOG.log(Level.WARNING, "somebody deleted the table " + table + "; it is written again");
    try {
      replace();
    } catch (NetlinkException e) {
      LOG.log(Level.ERROR, "the rules of all networks are missing: " + e.getMessage());
    }
  }

  private void apply() {
    if (bridges.isEmpty() && ports.isEmpty()) {
      if (present != null) {
        nft.delete(table);
        present = null;
      }
      return;
    }
    NftTable wanted =
        Ruleset.of(table, bridges.values(), ports.values().stream().flatMap(List::stream).toList());
    NftTable before = present;
    present = null;
    try {
      nft.apply(before, wanted);
    } catch (NetlinkException e) {
      if (before == null) {
        throw e;
      }
      // Somebody may have flushed all rules of the machine: then the elements have no set to go to.
      nft.apply(null, wanted);
    }
    present = wanted;
  }

  /** Stops changing the table and leaves it in place. */
  @Override
  public synchronized void close() {
    nft.close();
    connections.close();
  }

  private static <T> void restore(Map<String, T> map, String key, @Nullable T before) {
    if (before == null) {
      map.remove(key);
    } else {
      map.put(key, before);
    }
  }
}
