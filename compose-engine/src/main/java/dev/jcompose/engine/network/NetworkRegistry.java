package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The networks of a root by id and name. Looking up takes no lock. */
final class NetworkRegistry {
  private final Map<String, NetworkState> byId = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * @param identity tells roots apart, so that predefined networks have different ids in each
   */
  NetworkRegistry(String identity) {
    predefine(identity, "bridge", NetworkDriver.BRIDGE);
    predefine(identity, "host", NetworkDriver.HOST);
    predefine(identity, "none", NetworkDriver.NONE);
  }

  private void predefine(String identity, String name, NetworkDriver driver) {
    put(
        new Network(
            digest(identity + "/" + name),
            name,
            driver,
            List.of(),
            false,
            false,
            false,
            Map.of(),
            Map.of(),
            Map.of(),
            Instant.EPOCH));
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** A random id of 64 digits. */
  String newId() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  NetworkState put(Network network) {
    NetworkState state = new NetworkState(network);
    byId.put(network.id(), state);
    return state;
  }

  void remove(Network network) {
    byId.remove(network.id());
  }

  List<NetworkState> all() {
    return byId.values().stream()
        .sorted(
            Comparator.comparing((NetworkState state) -> state.network().created())
                .thenComparing(state -> state.network().name()))
        .toList();
  }

  Optional<NetworkState> named(String name) {
    return byId.values().stream().filter(state -> state.network().name().equals(name)).findFirst();
  }

  /** By id, then by name, then by a prefix of the id. */
  NetworkState find(String idOrName) {
    NetworkState exact = byId.get(idOrName);
    if (exact != null) {
      return exact;
    }
    return named(idOrName)
        .orElseGet(
            () -> {
              List<NetworkState> matches =
                  byId.entrySet().stream()
                      .filter(entry -> !idOrName.isEmpty() && entry.getKey().startsWith(idOrName))
                      .map(Map.Entry::getValue)
                      .toList();
              return switch (matches.size()) {
                case 1 -> matches.getFirst();
                case 0 -> throw new EngineException.NotFound("network " + idOrName + " not found");
                default ->
                    throw new EngineException.InvalidRequest(
                        "network " + idOrName + " is ambiguous (" + matches.size() + " matches)");
              };
            });
  }

  /** The network of a lease, if it still exists. */
  Optional<NetworkState> of(EndpointLease lease) {
    return Optional.ofNullable(byId.get(lease.networkId()));
  }
}
