package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What separates a container from its host: capabilities, namespaces, security options. Empty
 * namespace modes mean the engine's default; null {@code maskedPaths} and {@code readonlyPaths}
 * mean Docker's lists, empty ones mean none.
 */
public record HostIsolation(
    boolean privileged,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOpt,
    List<String> groupAdd,
    String ipcMode,
    String pidMode,
    String utsMode,
    String usernsMode,
    String cgroupnsMode,
    Map<String, String> sysctls,
    int oomScoreAdj,
    String isolation,
    @Nullable List<String> maskedPaths,
    @Nullable List<String> readonlyPaths)
    implements JsonValue {

  /** Docker's default isolation. */
  public static final HostIsolation DEFAULT =
      new HostIsolation(
          false, List.of(), List.of(), List.of(), List.of(), "", "", "", "", "", Map.of(), 0, "",
          null, null);

  /** Copies the collections. */
  public HostIsolation {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    securityOpt = List.copyOf(securityOpt);
    groupAdd = List.copyOf(groupAdd);
    sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
    maskedPaths = maskedPaths == null ? null : List.copyOf(maskedPaths);
    readonlyPaths = readonlyPaths == null ? null : List.copyOf(readonlyPaths);
  }

  static HostIsolation of(JsonObject json) {
    return new HostIsolation(
        json.flag("Privileged"),
        json.strings("CapAdd"),
        json.strings("CapDrop"),
        json.strings("SecurityOpt"),
        json.strings("GroupAdd"),
        json.string("IpcMode"),
        json.string("PidMode"),
        json.string("UTSMode"),
        json.string("UsernsMode"),
        json.string("CgroupnsMode"),
        json.stringMap("Sysctls"),
        json.integer("OomScoreAdj"),
        json.string("Isolation"),
        json.stringsOrNull("MaskedPaths"),
        json.stringsOrNull("ReadonlyPaths"));
  }

  @Override
  public JsonObject toJson() {
    return JsonObject.builder()
        .put("Privileged", privileged)
        .put("CapAdd", capAdd.isEmpty() ? null : capAdd)
        .put("CapDrop", capDrop.isEmpty() ? null : capDrop)
        .put("SecurityOpt", securityOpt.isEmpty() ? null : securityOpt)
        .put("GroupAdd", groupAdd.isEmpty() ? null : groupAdd)
        .put("IpcMode", ipcMode)
        .put("PidMode", pidMode)
        .put("UTSMode", utsMode)
        .put("UsernsMode", usernsMode)
        .put("CgroupnsMode", cgroupnsMode)
        .putUnlessEmpty("Sysctls", sysctls)
        .put("OomScoreAdj", oomScoreAdj)
        .put("Isolation", isolation)
        .putUnlessNull("MaskedPaths", maskedPaths)
        .putUnlessNull("ReadonlyPaths", readonlyPaths)
        .build();
  }
}
