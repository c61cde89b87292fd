package dev.jcompose.engine.api.client;

import dev.jcompose.engine.api.volume.Volume;
import dev.jcompose.engine.api.volume.VolumeCreate;
import dev.jcompose.engine.api.volume.VolumeList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Calls about volumes. */
public final class VolumeCalls {
  private final EngineClient client;

  VolumeCalls(EngineClient client) {
    this.client = client;
  }

  /** Lists volumes. */
  public List<Volume> list(Map<String, ? extends Collection<String>> filters) {
    return VolumeList.of(client.get(Query.path("volumes").filters(filters))).volumes();
  }

  /** Describes a volume. */
  public Volume inspect(String name) {
    return Volume.of(client.get(Query.path("volumes", name)));
  }

  /** Creates a volume, or returns the one of that name. */
  public Volume create(VolumeCreate request) {
    return Volume.of(client.post(Query.path("volumes", "create"), request));
  }

  /** Removes a volume that no container uses; {@code force} tolerates that there is none. */
  public void remove(String name, boolean force) {
    client.delete(Query.path("volumes", name).and("force", force));
  }
}
