package dev.jcompose.engine.api.container;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import dev.jcompose.engine.api.network.EndpointSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it is listed; {@code created} in seconds since 1970, {@code status} in words (Up 2
 * minutes), {@code health} empty without a health check; sizes in bytes, null unless asked for.
 */
public record ContainerSummary(
    String id,
    List<String> names,
    String image,
    String imageId,
    String command,
    long created,
    List<PortSummary> ports,
    @Nullable Long sizeRw,
    @Nullable Long sizeRootFs,
    Map<String, String> labels,
    String state,
    String status,
    JsonObject hostConfig,
    Map<String, EndpointSettings> networks,
    List<MountPoint> mounts)
    implements JsonValue {

  /** Copies the collections. */
  public ContainerSummary {
    names = List.copyOf(names);
    ports = List.copyOf(ports);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    mounts = List.copyOf(mounts);
  }

  /** Reads the wire form. */
  public static ContainerSummary of(JsonObject json) {
    return new ContainerSummary(
        json.string("Id"),
        json.strings("Names"),
        json.string("Image"),
        json.string("ImageID"),
        json.string("Command"),
        json.number("Created"),
        json.records("Ports", PortSummary::of),
        json.numberOrNull("SizeRw"),
        json.numberOrNull("SizeRootFs"),
        json.stringMap("Labels"),
        json.string("State"),
        json.string("Status"),
        json.object("HostConfig"),
        json.object("NetworkSettings").recordMap("Networks", EndpointSettings::of),
        json.records("Mounts", MountPoint::of));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Id", id)
        .put("Names", names)
        .put("Image", image)
        .put("ImageID", imageId)
        .put("Command", command)
        .put("Created", created)
        .put("Ports", ports)
        .putUnlessNull("SizeRw", sizeRw)
        .putUnlessNull("SizeRootFs", sizeRootFs)
        .put("Labels", labels)
        .put("State", state)
        .put("Status", status)
        .put("HostConfig", hostConfig)
        .put("NetworkSettings", Map.of("Networks", networks))
        .put("Mounts", mounts)
        .build();
  }
}
