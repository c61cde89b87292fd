package dev.jcompose.engine.api.resources;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Limits of block device traffic. {@code weight} is 10 to 1000, 0 for none; the lists hold a device
 * path and its weight, bytes a second, or operations a second.
 */
public record BlockIo(
    int weight,
    List<PerDevice> weightDevice,
    List<PerDevice> readBps,
    List<PerDevice> writeBps,
    List<PerDevice> readIops,
    List<PerDevice> writeIops)
    implements JsonValue {

  /** No limit. */
  public static final BlockIo NONE =
      new BlockIo(0, List.of(), List.of(), List.of(), List.of(), List.of());

  /** A figure for one device, given by its path on the host. */
  public record PerDevice(String path, long value) {
    JsonObject toJson(String valueName) {
      return JsonObject.builder().put("Path", path).put(valueName, value).build();
    }
  }

  /** Copies the lists. */
  public BlockIo {
    weightDevice = List.copyOf(weightDevice);
    readBps = List.copyOf(readBps);
    writeBps = List.copyOf(writeBps);
    readIops = List.copyOf(readIops);
    writeIops = List.copyOf(writeIops);
  }

  static BlockIo of(JsonObject json) {
    return new BlockIo(
        json.integer("BlkioWeight"),
        devices(json, "BlkioWeightDevice", "Weight"),
        devices(json, "BlkioDeviceReadBps", "Rate"),
        devices(json, "BlkioDeviceWriteBps", "Rate"),
        devices(json, "BlkioDeviceReadIOps", "Rate"),
        devices(json, "BlkioDeviceWriteIOps", "Rate"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("BlkioWeight", weight)
        .put("BlkioWeightDevice", wire(weightDevice, "Weight"))
        .put("BlkioDeviceReadBps", wire(readBps, "Rate"))
        .put("BlkioDeviceWriteBps", wire(writeBps, "Rate"))
        .put("BlkioDeviceReadIOps", wire(readIops, "Rate"))
        .put("BlkioDeviceWriteIOps", wire(writeIops, "Rate"))
        .build();
  }

  private static List<PerDevice> devices(JsonObject json, String name, String valueName) {
    List<PerDevice> devices = new ArrayList<>();
    for (JsonObject device : json.objects(name)) {
      devices.add(new PerDevice(device.string("Path"), device.number(valueName)));
    }
    return devices;
  }

  private static List<JsonObject> wire(List<PerDevice> devices, String valueName) {
    List<JsonObject> wire = new ArrayList<>();
    for (PerDevice device : devices) {
      wire.add(device.toJson(valueName));
    }
    return wire;
  }
}
