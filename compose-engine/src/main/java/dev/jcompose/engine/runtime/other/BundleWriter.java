package dev.jcompose.engine.runtime.other;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.runtime.Capabilities;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.Namespaces;
import dev.jcompose.engine.runtime.Namespaces.Namespace;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Stdio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a launch as the config.json of a bundle, in the version that older runtimes know. */
final class BundleWriter {
  private static final String VERSION = "1.0.2";

  private BundleWriter() {}

  /**
   * The configuration.
   *
   * @param seccomp the profile without what does not apply, empty for none
   */
  static JsonObject config(LaunchSpec spec, Optional<JsonObject> seccomp) {
    return JsonObject.builder()
        .put("ociVersion", VERSION)
        .put("process", process(spec.process(), spec.stdio()))
        .put(
            "root",
            JsonObject.builder()
                .put("path", spec.root().directory().toString())
                .put("readonly", spec.root().readOnly())
                .build())
        .putUnlessEmpty("hostname", ownNames(spec) ? spec.hostname() : "")
        .putUnlessNull("domainname", ownNames(spec) ? spec.domainname() : null)
        .put("mounts", MountWriter.mounts(spec.mounts()))
        .put("linux", linux(spec, seccomp))
        .build();
  }

  private static boolean ownNames(LaunchSpec spec) {
    return spec.namespaces().uts() instanceof Namespace.Own;
  }

  private static JsonObject process(ProcessSpec process, Stdio stdio) {
    JsonObject.Builder builder =
        JsonObject.builder()
            .put("terminal", stdio instanceof Stdio.Terminal)
            .put("args", process.arguments())
            .put("env", process.environment())
            .put("cwd", process.workingDirectory())
            .put(
                "user",
                JsonObject.builder()
                    .put("uid", (long) process.identity().uid())
                    .put("gid", (long) process.identity().gid())
                    .put("umask", (long) process.umask())
                    .put(
                        "additionalGids",
                        process.identity().groups().stream().map(Integer::longValue).toList())
                    .build())
            .put("capabilities", capabilities(process.capabilities()))
            .put("noNewPrivileges", process.noNewPrivileges())
            .putUnlessNull("apparmorProfile", process.apparmor())
            .put("rlimits", limits(process));
    Integer score = process.oomScoreAdjustment();
    if (score != null) {
      builder.put("oomScoreAdj", (long) score);
    }
    if (stdio instanceof Stdio.Terminal terminal) {
      builder.put(
          "consoleSize",
          JsonObject.builder()
              .put("height", (long) terminal.rows())
              .put("width", (long) terminal.columns())
              .build());
    }
    return builder.build();
  }

  private static JsonObject capabilities(Capabilities sets) {
    return JsonObject.builder()
        .put("bounding", names(sets.bounding()))
        .put("permitted", names(sets.permitted()))
        .put("effective", names(sets.effective()))
        .put("inheritable", names(sets.inheritable()))
        .put("ambient", names(sets.ambient()))
        .build();
  }

  private static List<String> names(long set) {
    return Arrays.stream(Capability.values())
        .filter(capability -> capability.in(set))
        .map(capability -> "CAP_" + capability.name())
        .toList();
  }

  private static List<JsonObject> limits(ProcessSpec process) {
    return process.limits().stream()
        .map(
            limit ->
                JsonObject.builder()
                    .put("type", "RLIMIT_" + limit.resource().name())
                    .put("soft", unsigned(limit.soft()))
                    .put("hard", unsigned(limit.hard()))
                    .build())
        .toList();
  }

  /** No limit is the largest number without a sign. */
  private static Object unsigned(long value) {
    return value < 0 ? (Object) new java.math.BigInteger(Long.toUnsignedString(value)) : value;
  }

  private static JsonObject linux(LaunchSpec spec, Optional<JsonObject> seccomp) {
    JsonObject.Builder builder =
        JsonObject.builder()
            .put("namespaces", namespaces(spec.namespaces()))
            .put("sysctl", spec.sysctls())
            .put("devices", devices(spec))
            .put("maskedPaths", spec.maskedPaths())
            .put("readonlyPaths", spec.readOnlyPaths())
            .put("cgroupsPath", spec.cgroup().path())
            .put("resources", ResourceWriter.resources(spec.cgroup()));
    seccomp.ifPresent(profile -> builder.put("seccomp", profile));
    return builder.build();
  }

  private static List<JsonObject> namespaces(Namespaces namespaces) {
    List<JsonObject> all = new ArrayList<>();
    all.add(JsonObject.builder().put("type", "mount").build());
    add(all, "network", namespaces.network());
    add(all, "pid", namespaces.pid());
    add(all, "ipc", namespaces.ipc());
    add(all, "uts", namespaces.uts());
    add(all, "cgroup", namespaces.cgroup());
    return all;
  }

  private static void add(List<JsonObject> all, String type, Namespace namespace) {
    switch (namespace) {
      case Namespace.Own() -> all.add(JsonObject.builder().put("type", type).build());
      case Namespace.Join join ->
          all.add(
              JsonObject.builder().put("type", type).put("path", join.path().toString()).build());
      case Namespace.Host() -> {
        // What is not listed is the runtime's own, which is the machine's.
      }
    }
  }

  private static List<JsonObject> devices(LaunchSpec spec) {
    return spec.devices().stream()
        .map(
            device ->
                JsonObject.builder()
                    .put("path", device.path())
                    .put("type", String.valueOf(device.type()).toLowerCase(Locale.ROOT))
                    .put("major", (long) device.major())
                    .put("minor", (long) device.minor())
                    .put("fileMode", (long) device.mode())
                    .put("uid", (long) device.uid())
                    .put("gid", (long) device.gid())
                    .build())
        .toList();
  }
}
