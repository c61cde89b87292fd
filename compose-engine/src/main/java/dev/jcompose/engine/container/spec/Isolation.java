package dev.jcompose.engine.container.spec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a container is kept apart from the machine and from other containers.
 *
 * @param hostname empty: the first 12 characters of the id
 * @param domainname empty: none
 * @param privileged all capabilities and devices, nothing masked, no seccomp filter
 * @param readOnlyRoot the root file system cannot be written
 * @param init a small PID 1 that reaps and forwards signals
 * @param capAdd capability names with or without CAP_, or ALL
 * @param capDrop likewise
 * @param securityOptions {@code no-new-privileges}, {@code seccomp=…}, {@code apparmor=…}, …
 * @param maskedPaths null: the default list
 * @param readOnlyPaths null: the default list
 * @param sysctls kernel parameters of the container's own namespaces
 * @param oomScoreAdj −1000 to 1000
 * @param shmSize bytes of /dev/shm; 0: 64 MiB
 * @param namespaces whose namespaces are used
 * @param runtime empty: the engine's own
 */
public record Isolation(
    String hostname,
    String domainname,
    boolean privileged,
    boolean readOnlyRoot,
    boolean init,
    List<String> capAdd,
    List<String> capDrop,
    List<String> securityOptions,
    @Nullable List<String> maskedPaths,
    @Nullable List<String> readOnlyPaths,
    Map<String, String> sysctls,
    int oomScoreAdj,
    long shmSize,
    NamespaceModes namespaces,
    String runtime) {
  public static final Isolation DEFAULT = usual(false);

  /** As every container that asks for nothing else, or that with all privileges. */
  public static Isolation usual(boolean privileged) {
    return new Isolation(
        "",
        "",
        privileged,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        Map.of(),
        0,
        0,
        NamespaceModes.DEFAULT,
        "");
  }

  public Isolation {
    capAdd = List.copyOf(capAdd);
    capDrop = List.copyOf(capDrop);
    securityOptions = List.copyOf(securityOptions);
    maskedPaths = maskedPaths == null ? null : List.copyOf(maskedPaths);
    readOnlyPaths = readOnlyPaths == null ? null : List.copyOf(readOnlyPaths);
    sysctls = Copies.map(sysctls);
  }

  /**
   * Namespace modes as Docker writes them: empty for the default, {@code host}, {@code private},
   * {@code shareable}, {@code none}, {@code container:<name or id>}.
   */
  public record NamespaceModes(String ipc, String pid, String uts, String cgroup, String user) {
    public static final NamespaceModes DEFAULT = new NamespaceModes("", "", "", "", "");
  }
}
