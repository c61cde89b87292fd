package dev.jcompose.engine.container.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what a container may take from the machine. Zero or empty means "not asked for"
 * throughout.
 *
 * @param memory memory limits
 * @param cpu processor limits
 * @param blockIo disk limits
 * @param pidsLimit most processes and threads; 0 or less: unlimited
 * @param ulimits rlimits of the first process
 * @param devices host devices made visible
 * @param deviceRules rules of the device cgroup, {@code type major:minor access}
 * @param deviceRequests devices asked for by driver or capability (gpus, CDI), as given
 * @param cgroupParent parent cgroup instead of the engine's own
 */
public record HostResources(
    Memory memory,
    Cpu cpu,
    BlockIo blockIo,
    long pidsLimit,
    List<Ulimit> ulimits,
    List<DeviceMapping> devices,
    List<String> deviceRules,
    List<String> deviceRequests,
    String cgroupParent) {
  public static final HostResources UNLIMITED =
      new HostResources(
          Memory.UNLIMITED,
          Cpu.UNLIMITED,
          BlockIo.UNLIMITED,
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          "");

  public HostResources {
    ulimits = List.copyOf(ulimits);
    devices = List.copyOf(devices);
    deviceRules = List.copyOf(deviceRules);
    deviceRequests = List.copyOf(deviceRequests);
  }

  /**
   * Memory limits.
   *
   * @param limit bytes
   * @param swap bytes of memory and swap together; −1: unlimited; 0: twice the limit
   * @param reservation bytes, soft
   * @param swappiness 0 to 100; null: the machine's
   * @param oomKillDisable processes wait instead of dying when the limit is reached
   */
  public record Memory(
      long limit, long swap, long reservation, @Nullable Long swappiness, boolean oomKillDisable) {
    public static final Memory UNLIMITED = new Memory(0, 0, 0, null, false);
  }

  /**
   * Processor limits.
   *
   * @param nanoCpus billionths of a processor
   * @param shares relative weight, 2 to 262144
   * @param period microseconds
   * @param quota microseconds per period
   * @param realtimePeriod microseconds
   * @param realtimeRuntime microseconds
   * @param cpus processors to run on, as a list of ranges
   * @param memoryNodes memory nodes to use, as a list of ranges
   */
  public record Cpu(
      long nanoCpus,
      long shares,
      long period,
      long quota,
      long realtimePeriod,
      long realtimeRuntime,
      String cpus,
      String memoryNodes) {
    public static final Cpu UNLIMITED = new Cpu(0, 0, 0, 0, 0, 0, "", "");
  }

  /**
   * Disk limits.
   *
   * @param weight 10 to 1000
   * @param weightDevices weights per device
   * @param readBps bytes per second per device
   * @param writeBps bytes per second per device
   * @param readIops operations per second per device
   * @param writeIops operations per second per device
   */
  public record BlockIo(
      int weight,
      List<Throttle> weightDevices,
      List<Throttle> readBps,
      List<Throttle> writeBps,
      List<Throttle> readIops,
      List<Throttle> writeIops) {
    public static final BlockIo UNLIMITED =
        new BlockIo(0, List.of(), List.of(), List.of(), List.of(), List.of());

    public BlockIo {
      weightDevices = List.copyOf(weightDevices);
      readBps = List.copyOf(readBps);
      writeBps = List.copyOf(writeBps);
      readIops = List.copyOf(readIops);
      writeIops = List.copyOf(writeIops);
    }
  }

  /** A figure for one device, which is named by its path on the host. */
  public record Throttle(String path, long value) {}

  /**
   * One rlimit.
   *
   * @param name without RLIMIT_, lower case: {@code nofile}
   * @param soft −1: unlimited
   * @param hard −1: unlimited
   */
  public record Ulimit(String name, long soft, long hard) {}

  /**
   * A host device shown in the container.
   *
   * @param access any of {@code r}, {@code w}, {@code m}
   */
  public record DeviceMapping(String pathOnHost, String pathInContainer, String access) {}
}
