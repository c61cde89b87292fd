package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.config.ContainerConfig;
import dev.jcompose.engine.api.config.HostConfig;
import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container in full. {@code name} starts with a slash; {@code image} is the image id. */
public record ContainerInspect(
    String id,
    String created,
    String path,
    List<String> args,
    ContainerState state,
    String image,
    String resolvConfPath,
    String hostnamePath,
    String hostsPath,
    String logPath,
    String name,
    int restartCount,
    String driver,
    String platform,
    String mountLabel,
    String processLabel,
    String appArmorProfile,
    List<String> execIds,
    HostConfig hostConfig,
    JsonObject graphDriver,
    @Nullable Long sizeRw,
    @Nullable Long sizeRootFs,
    List<MountPoint> mounts,
    ContainerConfig config,
    NetworkSettings networkSettings)
    implements JsonValue {

  /** Copies the collections. */
  public ContainerInspect {
    args = List.copyOf(args);
    execIds = List.copyOf(execIds);
    mounts = List.copyOf(mounts);
  }

  /** Reads the wire form. */
  public static ContainerInspect of(JsonObject json) {
    return new ContainerInspect(
        json.string("Id"),
        json.string("Created"),
        json.string("Path"),
        json.strings("Args"),
        ContainerState.of(json.object("State")),
        json.string("Image"),
        json.string("ResolvConfPath"),
        json.string("HostnamePath"),
        json.string("HostsPath"),
        json.string("LogPath"),
        json.string("Name"),
        json.integer("RestartCount"),
        json.string("Driver"),
        json.string("Platform"),
        json.string("MountLabel"),
        json.string("ProcessLabel"),
        json.string("AppArmorProfile"),
        json.strings("ExecIDs"),
        HostConfig.of(json.object("HostConfig")),
        json.object("GraphDriver"),
        json.numberOrNull("SizeRw"),
        json.numberOrNull("SizeRootFs"),
        json.records("Mounts", MountPoint::of),
        ContainerConfig.of(json.object("Config")),
        NetworkSettings.of(json.object("NetworkSettings")));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Id", id)
        .put("Created", created)
        .put("Path", path)
        .put("Args", args)
        .put("State", state)
        .put("Image", image)
        .put("ResolvConfPath", resolvConfPath)
        .put("HostnamePath", hostnamePath)
        .put("HostsPath", hostsPath)
        .put("LogPath", logPath)
        .put("Name", name)
        .put("RestartCount", restartCount)
        .put("Driver", driver)
        .put("Platform", platform)
        .put("MountLabel", mountLabel)
        .put("ProcessLabel", processLabel)
        .put("AppArmorProfile", appArmorProfile)
        .put("ExecIDs", execIds.isEmpty() ? null : execIds)
        .put("HostConfig", hostConfig)
        .put("GraphDriver", graphDriver)
        .putUnlessNull("SizeRw", sizeRw)
        .putUnlessNull("SizeRootFs", sizeRootFs)
        .put("Mounts", mounts)
        .put("Config", config)
        .put("NetworkSettings", networkSettings)
        .build();
  }
}
