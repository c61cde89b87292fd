package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of a container: {@code binds} are {@code source:target[:options]}, {@code tmpfs} maps a
 * path to its options, {@code shmSize} is in bytes, 0 for the default of 64 MiB.
 */
public record HostStorage(
    List<String> binds,
    List<MountSpec> mounts,
    Map<String, String> tmpfs,
    List<String> volumesFrom,
    String volumeDriver,
    boolean readonlyRootfs,
    long shmSize,
    Map<String, String> storageOpt)
    implements JsonValue {

  /** Nothing mounted. */
  public static final HostStorage NONE =
      new HostStorage(List.of(), List.of(), Map.of(), List.of(), "", false, 0, Map.of());

  /** Copies the collections. */
  public HostStorage {
    binds = List.copyOf(binds);
    mounts = List.copyOf(mounts);
    tmpfs = Collections.unmodifiableMap(new LinkedHashMap<>(tmpfs));
    volumesFrom = List.copyOf(volumesFrom);
    storageOpt = Collections.unmodifiableMap(new LinkedHashMap<>(storageOpt));
  }

  static HostStorage of(JsonObject json) {
    return new HostStorage(
        json.strings("Binds"),
        json.records("Mounts", MountSpec::of),
        json.stringMap("Tmpfs"),
        json.strings("VolumesFrom"),
        json.string("VolumeDriver"),
        json.flag("ReadonlyRootfs"),
        json.number("ShmSize"),
        json.stringMap("StorageOpt"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Binds", binds.isEmpty() ? null : binds)
        .putUnlessEmpty("Mounts", mounts)
        .putUnlessEmpty("Tmpfs", tmpfs)
        .put("VolumesFrom", volumesFrom.isEmpty() ? null : volumesFrom)
        .put("VolumeDriver", volumeDriver)
        .put("ReadonlyRootfs", readonlyRootfs)
        .put("ShmSize", shmSize)
        .putUnlessEmpty("StorageOpt", storageOpt)
        .build();
  }
}
