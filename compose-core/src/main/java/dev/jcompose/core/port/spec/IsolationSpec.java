package dev.jcompose.core.port.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a container may do and which namespaces it has to itself. Null means the engine's default.
 *
 * @param ipc "private", "shareable", "host", "none" or {@code container:NAME}
 * @param pid "host" or {@code container:NAME}
 * @param runtime "runc", "crun" or a path
 */
public record IsolationSpec(
    boolean privileged,
    List<String> capabilitiesAdded,
    List<String> capabilitiesDropped,
    List<String> securityOptions,
    Map<String, String> sysctls,
    @Nullable String ipc,
    @Nullable String pid,
    @Nullable String uts,
    @Nullable String users,
    @Nullable String cgroups,
    @Nullable String runtime,
    @Nullable String isolation) {
  /** What the engine does when nothing is said. */
  public static final IsolationSpec DEFAULT =
      new IsolationSpec(
          false, List.of(), List.of(), List.of(), Map.of(), null, null, null, null, null, null,
          null);

  public IsolationSpec {
    capabilitiesAdded = List.copyOf(capabilitiesAdded);
    capabilitiesDropped = List.copyOf(capabilitiesDropped);
    securityOptions = List.copyOf(securityOptions);
    sysctls = Ordered.copy(sysctls);
  }

  /** The same with other capabilities. */
  public IsolationSpec withCapabilities(List<String> added, List<String> dropped) {
    return new IsolationSpec(
        privileged,
        added,
        dropped,
        securityOptions,
        sysctls,
        ipc,
        pid,
        uts,
        users,
        cgroups,
        runtime,
        isolation);
  }

  IsolationSpec mapped(References references) {
    return new IsolationSpec(
        privileged,
        capabilitiesAdded,
        capabilitiesDropped,
        securityOptions,
        sysctls,
        references.mapNullable(ipc),
        references.mapNullable(pid),
        references.mapNullable(uts),
        users,
        references.mapNullable(cgroups),
        runtime,
        isolation);
  }
}
