package dev.jcompose.engine.api.system;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.List;

/** What an engine is and which versions of the API it speaks. */
public record EngineVersion(
    JsonObject platform,
    List<VersionComponent> components,
    String version,
    String apiVersion,
    String minApiVersion,
    String gitCommit,
    String os,
    String arch,
    String kernelVersion,
    String buildTime,
    String runtimeVersion)
    implements JsonValue {

  /** Copies the collections. */
  public EngineVersion {
    components = List.copyOf(components);
  }

  /** Reads the wire form. */
  public static EngineVersion of(JsonObject json) {
    return new EngineVersion(
        json.object("Platform"),
        json.records("Components", VersionComponent::of),
        json.string("Version"),
        json.string("ApiVersion"),
        json.string("MinAPIVersion"),
        json.string("GitCommit"),
        json.string("Os"),
        json.string("Arch"),
        json.string("KernelVersion"),
        json.string("BuildTime"),
        json.string("GoVersion"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Platform", platform)
        .put("Components", components)
        .put("Version", version)
        .put("ApiVersion", apiVersion)
        .put("MinAPIVersion", minApiVersion)
        .put("GitCommit", gitCommit)
        .put("Os", os)
        .put("Arch", arch)
        .put("KernelVersion", kernelVersion)
        .put("BuildTime", buildTime)
        .put("GoVersion", runtimeVersion)
        .build();
  }
}
