package dev.jcompose.engine.api.config;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.api.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a container, independent of the host ({@code Config} on the wire). A null {@code
 * cmd}, {@code entrypoint}, {@code healthcheck} or {@code shell} means "as the image says". {@code
 * stopTimeout} is in seconds, null for the default of 10. {@code exposedPorts} are {@code 80/tcp}.
 */
public record ContainerConfig(
    String image,
    @Nullable List<String> cmd,
    @Nullable List<String> entrypoint,
    List<String> env,
    String workingDir,
    String user,
    String hostname,
    String domainname,
    Map<String, String> labels,
    List<String> exposedPorts,
    List<String> volumes,
    boolean tty,
    boolean openStdin,
    boolean stdinOnce,
    boolean attachStdin,
    boolean attachStdout,
    boolean attachStderr,
    String stopSignal,
    @Nullable Integer stopTimeout,
    @Nullable HealthConfig healthcheck,
    boolean networkDisabled,
    String macAddress,
    @Nullable List<String> shell)
    implements JsonValue {

  /** Copies the collections. */
  public ContainerConfig {
    cmd = cmd == null ? null : List.copyOf(cmd);
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    env = List.copyOf(env);
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    exposedPorts = List.copyOf(exposedPorts);
    volumes = List.copyOf(volumes);
    shell = shell == null ? null : List.copyOf(shell);
  }

  /** Reads the wire form. */
  public static ContainerConfig of(JsonObject json) {
    Long stopTimeout = json.numberOrNull("StopTimeout");
    JsonObject healthcheck = json.objectOrNull("Healthcheck");
    return new ContainerConfig(
        json.string("Image"),
        json.stringsOrNull("Cmd"),
        json.stringsOrNull("Entrypoint"),
        json.strings("Env"),
        json.string("WorkingDir"),
        json.string("User"),
        json.string("Hostname"),
        json.string("Domainname"),
        json.stringMap("Labels"),
        json.keys("ExposedPorts"),
        json.keys("Volumes"),
        json.flag("Tty"),
        json.flag("OpenStdin"),
        json.flag("StdinOnce"),
        json.flag("AttachStdin"),
        json.flag("AttachStdout"),
        json.flag("AttachStderr"),
        json.string("StopSignal"),
        stopTimeout == null ? null : Math.toIntExact(stopTimeout),
        healthcheck == null ? null : HealthConfig.of(healthcheck),
        json.flag("NetworkDisabled"),
        json.string("MacAddress"),
        json.stringsOrNull("Shell"));
  }

  @Override
  public JsonObject toJson() {
    JsonObject.Builder json =
        JsonObject.builder()
            .put("Hostname", hostname)
            .put("Domainname", domainname)
            .put("User", user)
            .put("AttachStdin", attachStdin)
            .put("AttachStdout", attachStdout)
            .put("AttachStderr", attachStderr);
    if (!exposedPorts.isEmpty()) {
      json.putSet("ExposedPorts", exposedPorts);
    }
    json.put("Tty", tty)
        .put("OpenStdin", openStdin)
        .put("StdinOnce", stdinOnce)
        .put("Env", env)
        .put("Cmd", cmd)
        .putUnlessNull("Healthcheck", healthcheck)
        .put("Image", image);
    if (volumes.isEmpty()) {
      json.put("Volumes", null);
    } else {
      json.putSet("Volumes", volumes);
    }
    return json.put("WorkingDir", workingDir)
        .put("Entrypoint", entrypoint)
        .putUnlessEmpty("NetworkDisabled", networkDisabled)
        .putUnlessEmpty("MacAddress", macAddress)
        .put("Labels", labels)
        .putUnlessEmpty("StopSignal", stopSignal)
        .putUnlessNull("StopTimeout", stopTimeout)
        .putUnlessNull("Shell", shell)
        .build();
  }
}
