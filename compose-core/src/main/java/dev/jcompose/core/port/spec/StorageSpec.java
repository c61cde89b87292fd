package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container sees of files.
 *
 * @param tmpfs target to mount options
 * @param volumesFrom {@code container:NAME[:ro|:rw]}
 * @param shmSize bytes of /dev/shm, null for the engine's default
 */
public record StorageSpec(
    List<MountSpec> mounts,
    Map<String, String> tmpfs,
    List<String> volumesFrom,
    boolean readOnlyRoot,
    @Nullable Long shmSize,
    Map<String, String> options,
    @Nullable String volumeDriver) {
  /** The image's files and nothing else. */
  public static final StorageSpec OF_IMAGE =
      new StorageSpec(List.of(), Map.of(), List.of(), false, null, Map.of(), null);

  public StorageSpec {
    mounts = List.copyOf(mounts);
    tmpfs = Ordered.copy(tmpfs);
    volumesFrom = List.copyOf(volumesFrom);
    options = Ordered.copy(options);
  }

  /** The mounts that show the files of an image. */
  public List<MountSpec.Image> images() {
    return mounts.stream()
        .filter(MountSpec.Image.class::isInstance)
        .map(MountSpec.Image.class::cast)
        .toList();
  }

  public StorageSpec withMounts(List<MountSpec> newMounts) {
    return new StorageSpec(
        newMounts, tmpfs, volumesFrom, readOnlyRoot, shmSize, options, volumeDriver);
  }

  public StorageSpec withVolumesFrom(List<String> containers) {
    return new StorageSpec(mounts, tmpfs, containers, readOnlyRoot, shmSize, options, volumeDriver);
  }

  StorageSpec mapped(References references) {
    if (volumesFrom.isEmpty()) {
      return this;
    }
    return new StorageSpec(
        mounts,
        tmpfs,
        volumesFrom.stream().map(references::map).toList(),
        readOnlyRoot,
        shmSize,
        options,
        volumeDriver);
  }
}
