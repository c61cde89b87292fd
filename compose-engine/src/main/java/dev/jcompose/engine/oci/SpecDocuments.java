package dev.jcompose.engine.oci;

import dev.jcompose.engine.api.json.JsonObject;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.oci.bundle.Bundle;
import dev.jcompose.engine.oci.bundle.OptionNames;
import dev.jcompose.engine.runtime.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What the runtime says of itself, and a configuration to start from. */
public final class SpecDocuments {
  private SpecDocuments() {}

  /** What it can do (runtime-spec, features). */
  public static JsonObject features() {
    return JsonObject.builder()
        .put("ociVersionMin", "1.0.0")
        .put("ociVersionMax", Bundle.VERSION)
        .put(
            "hooks",
            List.of(
                "prestart",
                "createRuntime",
                "createContainer",
                "startContainer",
                "poststart",
                "poststop"))
        .put("mountOptions", OptionNames.all())
        .put("linux", linux())
        .build();
  }

  private static JsonObject linux() {
    boolean x86 = Architecture.current() == Architecture.X86_64;
    return JsonObject.builder()
        .put("namespaces", List.of("cgroup", "ipc", "mount", "network", "pid", "time", "uts"))
        .put(
            "capabilities",
            Arrays.stream(Capability.values()).map(one -> "CAP_" + one.name()).toList())
        .put(
            "cgroup",
            JsonObject.builder()
                .put("v1", true)
                .put("v2", true)
                .put("systemd", false)
                .put("systemdUser", false)
                .put("rdma", false)
                .build())
        .put(
            "seccomp",
            JsonObject.builder()
                .put("enabled", true)
                .put(
                    "actions",
                    List.of(
                        "SCMP_ACT_ALLOW",
                        "SCMP_ACT_ERRNO",
                        "SCMP_ACT_KILL",
                        "SCMP_ACT_KILL_PROCESS",
                        "SCMP_ACT_KILL_THREAD",
                        "SCMP_ACT_LOG",
                        "SCMP_ACT_TRACE",
                        "SCMP_ACT_TRAP"))
                .put(
                    "archs",
                    x86
                        ? List.of("SCMP_ARCH_X86", "SCMP_ARCH_X32", "SCMP_ARCH_X86_64")
                        : List.of("SCMP_ARCH_AARCH64", "SCMP_ARCH_ARM"))
                .build())
        .put("apparmor", enabled(true))
        .put("selinux", enabled(false))
        .put("intelRdt", enabled(false))
        .build();
  }

  private static JsonObject enabled(boolean value) {
    return JsonObject.builder().put("enabled", value).build();
  }

  /** A config.json that runs a shell in the directory {@code rootfs}. */
  public static String template() {
    try (InputStream in = SpecDocuments.class.getResourceAsStream("template.json")) {
      if (in == null) {
        throw new IllegalStateException("template.json is missing from the engine's jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
