package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;

/**
 * What an engine tells about itself and its host. The commonly used figures are components; {@code
 * json} is the whole answer with everything else.
 */
public record SystemInfo(
    String id,
    String name,
    String serverVersion,
    String operatingSystem,
    String osType,
    String architecture,
    String kernelVersion,
    String rootDirectory,
    String driver,
    String cgroupVersion,
    String defaultRuntime,
    int cpus,
    long memoryBytes,
    int containers,
    int containersRunning,
    int images,
    JsonObject json)
    implements JsonValue {

  /** Reads the wire form. */
  public static SystemInfo of(JsonObject json) {
    return new SystemInfo(
        json.string("ID"),
        json.string("Name"),
        json.string("ServerVersion"),
        json.string("OperatingSystem"),
        json.string("OSType"),
        json.string("Architecture"),
        json.string("KernelVersion"),
        json.string("DockerRootDir"),
        json.string("Driver"),
        json.string("CgroupVersion"),
        json.string("DefaultRuntime"),
        json.integer("NCPU"),
        json.number("MemTotal"),
        json.integer("Containers"),
        json.integer("ContainersRunning"),
        json.integer("Images"),
        json);
  }

  @Override
  public JsonObject toJson() {
    return json;
  }
}
