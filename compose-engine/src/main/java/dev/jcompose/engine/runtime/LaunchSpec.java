package dev.jcompose.engine.runtime;

import dev.jcompose.engine.cgroup.CgroupSpec;
import dev.jcompose.engine.seccomp.SeccompProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything needed to start the first process of a container. Names of users, images and volumes
 * have been resolved to numbers and host paths before.
 *
 * @param id 64 hexadecimal digits
 * @param root where the root file system comes from
 * @param mounts in the order they are made; {@link StandardMounts} has the usual ones
 * @param process what runs, and as whom
 * @param namespaces which namespaces are new, the host's, or another container's
 * @param hostname used when the UTS namespace is new; empty to leave it
 * @param domainname NIS domain name, null for none
 * @param sysctls dotted name to value; only ones that belong to a new namespace
 * @param devices nodes beyond the standard ones
 * @param maskedPaths paths that appear empty; ones that do not exist are skipped
 * @param readOnlyPaths paths that cannot be written; ones that do not exist are skipped
 * @param seccomp which system calls are allowed
 * @param cgroup limits; the device rules in it are complete
 * @param stdio what the process gets as descriptors 0, 1 and 2
 * @param exitRecord host path of the file in which a keeper writes how the process ended; null for
 *     no keeper: the process is then the engine's own child, and nobody knows its end when the
 *     engine is gone
 * @param particulars what ordinary containers do without
 */
public record LaunchSpec(
    String id,
    RootFilesystem root,
    List<Mount> mounts,
    ProcessSpec process,
    Namespaces namespaces,
    String hostname,
    @Nullable String domainname,
    Map<String, String> sysctls,
    List<DeviceNode> devices,
    List<String> maskedPaths,
    List<String> readOnlyPaths,
    SeccompProfile seccomp,
    CgroupSpec cgroup,
    Stdio stdio,
    @Nullable Path exitRecord,
    Particulars particulars) {
  public LaunchSpec {
    mounts = List.copyOf(mounts);
    sysctls = Map.copyOf(sysctls);
    devices = List.copyOf(devices);
    maskedPaths = List.copyOf(maskedPaths);
    readOnlyPaths = List.copyOf(readOnlyPaths);
  }

  /** An ordinary container without a keeper. */
  public LaunchSpec(
      String id,
      RootFilesystem root,
      List<Mount> mounts,
      ProcessSpec process,
      Namespaces namespaces,
      String hostname,
      @Nullable String domainname,
      Map<String, String> sysctls,
      List<DeviceNode> devices,
      List<String> maskedPaths,
      List<String> readOnlyPaths,
      SeccompProfile seccomp,
      CgroupSpec cgroup,
      Stdio stdio) {
    this(
        id,
        root,
        mounts,
        process,
        namespaces,
        hostname,
        domainname,
        sysctls,
        devices,
        maskedPaths,
        readOnlyPaths,
        seccomp,
        cgroup,
        stdio,
        null,
        Particulars.NONE);
  }

  /** The same container with what ordinary ones do without. */
  public LaunchSpec with(Particulars more) {
    return with(exitRecord, more);
  }

  /** The same container with a keeper that writes its end into {@code record}. */
  public LaunchSpec keptIn(Path record) {
    return with(record, particulars);
  }

  private LaunchSpec with(@Nullable Path record, Particulars more) {
    return new LaunchSpec(
        id,
        root,
        mounts,
        process,
        namespaces,
        hostname,
        domainname,
        sysctls,
        devices,
        maskedPaths,
        readOnlyPaths,
        seccomp,
        cgroup,
        stdio,
        record,
        more);
  }

  /** What an unprivileged container does not see (facts: Docker 29 and runc 1.5). */
  public static final List<String> MASKED_PATHS =
      List.of(
          "/proc/acpi",
          "/proc/asound",
          "/proc/interrupts",
          "/proc/kcore",
          "/proc/keys",
          "/proc/latency_stats",
          "/proc/sched_debug",
          "/proc/scsi",
          "/proc/timer_list",
          "/proc/timer_stats",
          "/sys/devices/virtual/powercap",
          "/sys/firmware");

  /** What an unprivileged container cannot write. */
  public static final List<String> READ_ONLY_PATHS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  /** The values a container with its own network namespace starts with. */
  public static final Map<String, String> NETWORK_SYSCTLS =
      Map.of(
          "net.ipv4.ping_group_range", "0 2147483647", "net.ipv4.ip_unprivileged_port_start", "0");
}
