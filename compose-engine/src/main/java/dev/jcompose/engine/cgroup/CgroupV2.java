package dev.jcompose.engine.cgroup;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Version 2: one directory. */
final class CgroupV2 implements Cgroup {
  private static final List<String> CONTROLLERS = List.of("cpuset", "cpu", "io", "memory", "pids");
  private static final long DEFAULT_PERIOD_MICROS = 100_000;
  private static final long NANOS_PER_MICRO = 1000;

  private final Kernel kernel;
  private final Hierarchy hierarchy;
  private final String path;
  private final CgroupFiles files;

  CgroupV2(Kernel kernel, Hierarchy hierarchy, String path) {
    this.kernel = kernel;
    this.hierarchy = hierarchy;
    this.path = path;
    this.files = new CgroupFiles(hierarchy.directory(path));
  }

  void make(CgroupSpec spec) {
    Path directory = hierarchy.mountPoint();
    for (Path name : Path.of(path.substring(1))) {
      enableControllers(new CgroupFiles(directory));
      directory = directory.resolve(name);
      try {
        Files.createDirectories(directory);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make control group " + directory, e);
      }
    }
    if (!spec.devices().isEmpty()) {
      restrictDevices(spec.devices());
    }
  }

  /** One by one: a controller that cannot be enabled must not keep the others away. */
  private static void enableControllers(CgroupFiles parent) {
    List<String> available = List.of(parent.read("cgroup.controllers").orElse("").split(" ", -1));
    List<String> enabled = List.of(parent.read("cgroup.subtree_control").orElse("").split(" ", -1));
    for (String controller : CONTROLLERS) {
      if (available.contains(controller) && !enabled.contains(controller)) {
        try {
          parent.write("cgroup.subtree_control", "+" + controller);
        } catch (UncheckedIOException refused) {
          System.getLogger(CgroupV2.class.getName())
              .log(System.Logger.Level.WARNING, "controller {0} stays off", controller, refused);
        }
      }
    }
  }

  private void restrictDevices(List<DeviceRule> rules) {
    int directory = kernel.open(files.directory(), Abi.O_RDONLY, 0);
    try {
      int program = kernel.loadDeviceProgram(DeviceProgram.compile(rules));
      try {
        kernel.attachDeviceProgram(directory, program);
      } finally {
        kernel.close(program);
      }
    } finally {
      kernel.close(directory);
    }
  }

  @Override
  public void join(int pid) {
    files.write("cgroup.procs", Integer.toString(pid));
  }

  @Override
  public void apply(Limits limits) {
    if (limits.memory() != null) {
      files.write("memory.max", orMax(limits.memory()));
    }
    if (limits.memorySwap() != null) {
      swap(limits.memorySwap(), limits.memory());
    }
    if (limits.memoryReservation() != null) {
      files.write("memory.low", orMax(limits.memoryReservation()));
    }
    if (limits.cpuShares() != null && limits.cpuShares() != 0) {
      files.write("cpu.weight", Long.toString(weight(limits.cpuShares())));
    }
    if (limits.cpuQuota() != null || limits.cpuPeriod() != null) {
      long period = limits.cpuPeriod() == null ? DEFAULT_PERIOD_MICROS : limits.cpuPeriod();
      String quota = limits.cpuQuota() == null ? "max" : orMax(limits.cpuQuota());
      files.write("cpu.max", quota + " " + period);
    }
    setIfAsked("cpuset.cpus", limits.cpus());
    setIfAsked("cpuset.mems", limits.memoryNodes());
    if (limits.pids() != null) {
      files.write(
          "pids.max", limits.pids() < 0 ? "max" : Long.toString(Math.max(1, limits.pids())));
    }
    if (limits.blockWeight() != null) {
      blockWeight("", limits.blockWeight());
    }
    for (Limits.Throttle throttle : limits.throttles()) {
      String device = throttle.major() + ":" + throttle.minor() + " ";
      switch (throttle.kind()) {
        case READ_BYTES -> files.write("io.max", device + "rbps=" + throttle.rate());
        case WRITE_BYTES -> files.write("io.max", device + "wbps=" + throttle.rate());
        case READ_OPERATIONS -> files.write("io.max", device + "riops=" + throttle.rate());
        case WRITE_OPERATIONS -> files.write("io.max", device + "wiops=" + throttle.rate());
        case WEIGHT -> blockWeight(device, throttle.rate());
      }
    }
  }

  @Override
  public void set(String file, String value) {
    files.write(file, value);
  }

  private void setIfAsked(String file, @Nullable String value) {
    if (value != null) {
      files.write(file, value);
    }
  }

  private static String orMax(long value) {
    return value < 0 ? "max" : Long.toString(value);
  }

  /** Version 2 counts swap alone. Without a swap file only no limit, or none at all, can be met. */
  private void swap(long both, @Nullable Long memory) {
    String value;
    if (both < 0) {
      value = "max";
    } else {
      long main = memory == null ? files.number("memory.max") : memory;
      value = Long.toString(Math.max(0, both - main));
    }
    if (files.has("memory.swap.max") || !(value.equals("max") || value.equals("0"))) {
      files.write("memory.swap.max", value);
    }
  }

  /**
   * The weight the container runtimes agree on for version 1 shares: 1024 becomes 100, the default
   * of both versions.
   */
  static long weight(long shares) {
    if (shares <= 2) {
      return 1;
    }
    if (shares >= 262144) {
      return 10000;
    }
    double l = Math.log((double) shares) / Math.log(2);
    return (long) Math.ceil(Math.pow(10, (l * l + 125 * l) / 612.0 - 7.0 / 34.0));
  }

  private void blockWeight(String device, long weight) {
    if (files.has("io.bfq.weight")) {
      files.write("io.bfq.weight", device + weight);
    } else {
      files.write("io.weight", device + (1 + (weight - 10) * 9999 / 990));
    }
  }

  @Override
  public List<Integer> processes() {
    return Directories.processes(files.directory());
  }

  @Override
  public void freeze() {
    files.write("cgroup.freeze", "1");
    if (!Directories.patiently(
        () -> files.table("cgroup.events").getOrDefault("frozen", 0L) == 1)) {
      files.write("cgroup.freeze", "0");
      throw new UncheckedIOException(new IOException("the processes did not stop within 2 s"));
    }
  }

  @Override
  public boolean frozen() {
    return files.read("cgroup.freeze").filter("1"::equals).isPresent();
  }

  @Override
  public void thaw() {
    files.write("cgroup.freeze", "0");
  }

  @Override
  public void kill() {
    Directories.patiently(
        () -> {
          if (Directories.living(processes()).isEmpty()) {
            return true;
          }
          if (files.has("cgroup.kill")) {
            files.write("cgroup.kill", "1");
          } else {
            processes()
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
          }
          return Directories.living(processes()).isEmpty();
        });
  }

  @Override
  public long oomKills() {
    return files.table("memory.events").getOrDefault("oom_kill", 0L);
  }

  @Override
  public CgroupStats stats() {
    Map<String, Long> cpu = files.table("cpu.stat");
    Map<String, Long> memory = files.table("memory.stat");
    return new CgroupStats(
        2,
        cpu.getOrDefault("usage_usec", 0L) * NANOS_PER_MICRO,
        cpu.getOrDefault("user_usec", 0L) * NANOS_PER_MICRO,
        cpu.getOrDefault("system_usec", 0L) * NANOS_PER_MICRO,
        List.of(),
        cpu.getOrDefault("nr_periods", 0L),
        cpu.getOrDefault("nr_throttled", 0L),
        cpu.getOrDefault("throttled_usec", 0L) * NANOS_PER_MICRO,
        files.number("memory.current"),
        files.number("memory.peak"),
        files.number("memory.max"),
        files.table("memory.events").getOrDefault("oom", 0L),
        memory.getOrDefault("inactive_file", 0L),
        memory,
        files.number("pids.current"),
        files.number("pids.max"),
        blocks());
  }

  private List<CgroupStats.BlockTransfer> blocks() {
    List<CgroupStats.BlockTransfer> blocks = new ArrayList<>();
    for (String line : files.lines("io.stat")) {
      String[] words = line.split(" ", -1);
      String[] device = words[0].split(":", -1);
      if (device.length == 2) {
        blocks.add(
            new CgroupStats.BlockTransfer(
                Integer.parseInt(device[0]),
                Integer.parseInt(device[1]),
                field(words, "rbytes="),
                field(words, "wbytes="),
                field(words, "rios="),
                field(words, "wios=")));
      }
    }
    return blocks;
  }

  private static long field(String[] words, String key) {
    for (String word : words) {
      if (word.startsWith(key)) {
        return CgroupFiles.parse(word.substring(key.length()));
      }
    }
    return 0;
  }

  @Override
  public void remove() {
    Directories.remove(files.directory());
  }
}
