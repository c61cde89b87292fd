package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import java.util.Locale;

/** How containers of a network are connected. */
public enum NetworkDriver {
  /** A bridge of this machine with one veth pair per container. */
  BRIDGE,
  /** The container shares the network of the machine. */
  HOST,
  /** The container has a loopback interface and nothing else. */
  NONE;

  /**
   * The driver of a name as the API writes it: {@code bridge} (also the empty name), {@code host},
   * {@code null} (also {@code none}).
   *
   * @throws EngineException InvalidRequest for every other name; says which there are
   */
  public static NetworkDriver of(String name) {
    return switch (name) {
      case "", "default", "bridge" -> BRIDGE;
      case "host" -> HOST;
      case "none", "null" -> NONE;
      default ->
          throw new EngineException.InvalidRequest(
              "network driver \""
                  + name
                  + "\" does not exist here; use bridge (or host and none, which always exist)");
    };
  }

  /** The name the API uses: the driver of the network {@code none} is called {@code null}. */
  public String apiName() {
    return this == NONE ? "null" : name().toLowerCase(Locale.ROOT);
  }
}
