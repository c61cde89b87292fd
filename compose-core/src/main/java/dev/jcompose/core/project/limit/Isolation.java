package dev.jcompose.core.project.limit;

import dev.jcompose.core.project.network.Sharing;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What separates a service's containers from the host. Null means the engine's default.
 *
 * @param privileged whether nearly all isolation is off
 * @param capAdd capabilities added
 * @param capDrop capabilities taken away
 * @param securityOptions such as {@code seccomp=unconfined}
 * @param cgroup {@code host} or {@code private}
 * @param cgroupParent parent of the containers' cgroups
 * @param ipc whose IPC namespace
 * @param pid whose PID namespace
 * @param uts whose UTS namespace
 * @param usernsMode whose user namespace
 * @param isolation technology (Windows)
 * @param runtime program that runs the containers
 * @param sysctls kernel parameters
 * @param deviceCgroupRules such as {@code c 1:3 mr}
 * @param credentialSpec {@code config}, {@code file} or {@code registry} (Windows)
 * @param useApiSocket whether the engine's socket is given to the containers
 */
public record Isolation(
    boolean privileged,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOptions,
    @Nullable String cgroup,
    @Nullable String cgroupParent,
    @Nullable Sharing ipc,
    @Nullable Sharing pid,
    @Nullable Sharing uts,
    @Nullable Sharing usernsMode,
    @Nullable String isolation,
    @Nullable String runtime,
    Map<String, String> sysctls,
    List<String> deviceCgroupRules,
    Map<String, String> credentialSpec,
    boolean useApiSocket) {
  /** The engine's defaults. */
  public static final Isolation DEFAULT =
      new Isolation(
          false, List.of(), List.of(), List.of(), null, null, null, null, null, null, null, null,
          Map.of(), List.of(), Map.of(), false);

  /** Copies the collections. */
  public Isolation {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    securityOptions = List.copyOf(securityOptions);
    sysctls = Collections.unmodifiableMap(new LinkedHashMap<>(sysctls));
    deviceCgroupRules = List.copyOf(deviceCgroupRules);
    credentialSpec = Collections.unmodifiableMap(new LinkedHashMap<>(credentialSpec));
  }
}
