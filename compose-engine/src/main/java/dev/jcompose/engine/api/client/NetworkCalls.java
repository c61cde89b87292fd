package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.network.EndpointSettings;
import dev.jcompose.engine.api.network.NetworkConnect;
import dev.jcompose.engine.api.network.NetworkCreate;
import dev.jcompose.engine.api.network.NetworkDisconnect;
import dev.jcompose.engine.api.network.NetworkInspect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls about networks. */
public final class NetworkCalls {
  private final EngineClient client;

  NetworkCalls(EngineClient client) {
    this.client = client;
  }

  /** Lists networks; the list says nothing about their containers. */
  public List<NetworkInspect> list(Map<String, ? extends Collection<String>> filters) {
    List<NetworkInspect> list = new ArrayList<>();
    for (JsonObject json : client.list(Query.path("networks").filters(filters))) {
      list.add(NetworkInspect.of(json));
    }
    return list;
  }

  /** Describes a network by its name or id. */
  public NetworkInspect inspect(String network) {
    return NetworkInspect.of(client.get(Query.path("networks", network)));
  }

  /** Creates a network and returns its id. */
  public String create(NetworkCreate request) {
    return client.post(Query.path("networks", "create"), request).string("Id");
  }

  /** Removes a network that no container uses. */
  public void remove(String network) {
    client.delete(Query.path("networks", network));
  }

  /** Joins a container to a network. */
  public void connect(String network, String container, @Nullable EndpointSettings endpoint) {
    client.post(
        Query.path("networks", network, "connect"), new NetworkConnect(container, endpoint));
  }

  /** Takes a container off a network. */
  public void disconnect(String network, String container, boolean force) {
    client.post(
        Query.path("networks", network, "disconnect"), new NetworkDisconnect(container, force));
  }
}
