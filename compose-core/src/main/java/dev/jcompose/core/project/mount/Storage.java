package dev.jcompose.core.project.mount;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything a service's containers see in their file system beside the image.
 *
 * @param mounts the {@code volumes} of the service
 * @param tmpfs {@code path[:options]}
 * @param volumesFrom {@code service[:ro]} or {@code container:name[:ro]}
 * @param configs configs, targets filled in
 * @param secrets secrets, targets filled in
 * @param devices devices
 * @param readOnly whether the root file system is read-only
 * @param shmSize bytes of {@code /dev/shm}; null for the engine's default
 * @param storageOptions options of the storage driver
 */
public record Storage(
    List<Mount> mounts,
    List<String> tmpfs,
    List<String> volumesFrom,
    List<FileReference> configs,
    List<FileReference> secrets,
    List<Device> devices,
    boolean readOnly,
    @Nullable Long shmSize,
    Map<String, String> storageOptions) {
  /** Nothing beside the image. */
  public static final Storage NONE =
      new Storage(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), false, null, Map.of());

  /** Copies the collections. */
  public Storage {
    mounts = List.copyOf(mounts);
    tmpfs = List.copyOf(tmpfs);
    volumesFrom = List.copyOf(volumesFrom);
    configs = List.copyOf(configs);
    secrets = List.copyOf(secrets);
    devices = List.copyOf(devices);
    storageOptions = Collections.unmodifiableMap(new LinkedHashMap<>(storageOptions));
  }
}
