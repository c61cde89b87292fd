package dev.jcompose.engine.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Version 1, hybrid too: a directory in every hierarchy, the version 2 tree among them. */
final class CgroupV1 implements Cgroup {
  private static final long NANOS_PER_TICK = 10_000_000L;

  private final CgroupLayout layout;
  private final String path;

  CgroupV1(CgroupLayout layout, String path) {
    this.layout = layout;
    this.path = path;
  }

  void make(CgroupSpec spec) {
    for (Hierarchy hierarchy : layout.hierarchies()) {
      try {
        Files.createDirectories(hierarchy.directory(path));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot make control group " + hierarchy.directory(path), e);
      }
      if (hierarchy.controls("cpuset")) {
        inheritCpuset(hierarchy);
      }
    }
    if (!spec.devices().isEmpty()) {
      files("devices")
          .ifPresent(
              files -> {
                for (DeviceRule rule : spec.devices()) {
                  boolean everything =
                      rule.type() == 'a' && rule.major() == null && rule.minor() == null;
                  files.write(
                      rule.allow() ? "devices.allow" : "devices.deny",
                      everything ? "a" : rule.toString());
                }
              });
    }
  }

  /** A new cpuset has no processors and no memory: nothing could join it. */
  private void inheritCpuset(Hierarchy hierarchy) {
    Path directory = hierarchy.mountPoint();
    for (Path name : Path.of(path.substring(1))) {
      CgroupFiles parent = new CgroupFiles(directory);
      directory = directory.resolve(name);
      CgroupFiles files = new CgroupFiles(directory);
      for (String file : List.of("cpuset.cpus", "cpuset.mems")) {
        if (files.read(file).orElse("").isEmpty()) {
          parent.read(file).filter(value -> !value.isEmpty()).ifPresent(v -> files.write(file, v));
        }
      }
    }
  }

  private Optional<CgroupFiles> files(String controller) {
    return layout
        .of(controller)
        .map(hierarchy -> new CgroupFiles(hierarchy.directory(path)))
        .filter(files -> Files.isDirectory(files.directory()));
  }

  /** Where its memory is limited; empty when the host has no such controller. */
  Optional<Path> memoryDirectory() {
    return files("memory").map(CgroupFiles::directory);
  }

  private CgroupFiles wanted(String controller) {
    return files(controller)
        .orElseThrow(
            () ->
                new UncheckedIOException(
                    new IOException(
                        "the host has no control group controller \""
                            + controller
                            + "\", so this limit cannot be set; remove it from the service")));
  }

  @Override
  public void join(int pid) {
    for (Hierarchy hierarchy : layout.hierarchies()) {
      new CgroupFiles(hierarchy.directory(path)).write("cgroup.procs", Integer.toString(pid));
    }
  }

  @Override
  public void apply(Limits limits) {
    if (limits.memory() != null || limits.memorySwap() != null) {
      memory(limits.memory(), limits.memorySwap());
    }
    set("memory", "memory.soft_limit_in_bytes", limits.memoryReservation());
    set("memory", "memory.swappiness", limits.swappiness());
    if (limits.oomKillDisabled()) {
      wanted("memory").write("memory.oom_control", "1");
    }
    set("cpu", "cpu.shares", limits.cpuShares());
    if (limits.cpuPeriod() != null || limits.cpuQuota() != null) {
      quota(limits.cpuPeriod(), limits.cpuQuota());
    }
    set("cpuset", "cpuset.cpus", limits.cpus());
    set("cpuset", "cpuset.mems", limits.memoryNodes());
    if (limits.pids() != null) {
      wanted("pids").write("pids.max", limits.pids() <= 0 ? "max" : limits.pids().toString());
    }
    if (limits.blockWeight() != null) {
      CgroupFiles blkio = wanted("blkio");
      blkio.write(
          blkio.has("blkio.weight") ? "blkio.weight" : "blkio.bfq.weight",
          limits.blockWeight().toString());
    }
    for (Limits.Throttle throttle : limits.throttles()) {
      String file =
          switch (throttle.kind()) {
            case READ_BYTES -> "blkio.throttle.read_bps_device";
            case WRITE_BYTES -> "blkio.throttle.write_bps_device";
            case READ_OPERATIONS -> "blkio.throttle.read_iops_device";
            case WRITE_OPERATIONS -> "blkio.throttle.write_iops_device";
            case WEIGHT ->
                wanted("blkio").has("blkio.weight_device")
                    ? "blkio.weight_device"
                    : "blkio.bfq.weight_device";
          };
      wanted("blkio")
          .write(file, throttle.major() + ":" + throttle.minor() + " " + throttle.rate());
    }
  }

  private void set(String controller, String file, @Nullable Object value) {
    if (value != null) {
      wanted(controller).write(file, value.toString());
    }
  }

  @Override
  public void set(String file, String value) {
    wanted(file.substring(0, file.indexOf('.'))).write(file, value);
  }

  /** Memory and swap may never be below memory, so growing goes the other way than shrinking. */
  private void memory(@Nullable Long memory, @Nullable Long memorySwap) {
    CgroupFiles files = wanted("memory");
    boolean counted = files.has("memory.memsw.limit_in_bytes");
    Runnable both =
        () -> {
          if (memorySwap != null && counted) {
            files.write("memory.memsw.limit_in_bytes", memorySwap.toString());
          }
        };
    long now = files.number("memory.memsw.limit_in_bytes");
    boolean growing = memorySwap != null && (memorySwap < 0 || memorySwap > now);
    if (growing) {
      both.run();
    }
    if (memory != null) {
      files.write("memory.limit_in_bytes", memory.toString());
    }
    if (!growing) {
      both.run();
    }
  }

  /** A period is refused when the old quota does not fit it, so the other order is tried too. */
  private void quota(@Nullable Long period, @Nullable Long quota) {
    CgroupFiles files = wanted("cpu");
    try {
      set("cpu", "cpu.cfs_period_us", period);
    } catch (UncheckedIOException refused) {
      set("cpu", "cpu.cfs_quota_us", quota);
      files.write("cpu.cfs_period_us", String.valueOf(period));
      return;
    }
    set("cpu", "cpu.cfs_quota_us", quota);
  }

  @Override
  public List<Integer> processes() {
    return Directories.processes(anyDirectory());
  }

  private Path anyDirectory() {
    return layout.of("pids").orElse(layout.hierarchies().getFirst()).directory(path);
  }

  @Override
  public void freeze() {
    CgroupFiles files = wanted("freezer");
    files.write("freezer.state", "FROZEN");
    boolean frozen =
        Directories.patiently(
            () -> {
              if (files.read("freezer.state").orElse("").equals("FROZEN")) {
                return true;
              }
              // A process forking all the time escapes one pass; ask again.
              files.write("freezer.state", "FROZEN");
              return false;
            });
    if (!frozen) {
      files.write("freezer.state", "THAWED");
      throw new UncheckedIOException(new IOException("the processes did not stop within 2 s"));
    }
  }

  @Override
  public boolean frozen() {
    return files("freezer")
        .flatMap(files -> files.read("freezer.state"))
        .filter(state -> !state.equals("THAWED"))
        .isPresent();
  }

  @Override
  public void thaw() {
    wanted("freezer").write("freezer.state", "THAWED");
  }

  @Override
  public void kill() {
    Optional<CgroupFiles> freezer = files("freezer");
    Directories.patiently(
        () -> {
          List<Integer> pids = Directories.living(processes());
          if (pids.isEmpty()) {
            return true;
          }
          // Frozen processes cannot fork away from the list, and die when thawed.
          freezer.ifPresent(files -> files.write("freezer.state", "FROZEN"));
          processes()
              .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
          freezer.ifPresent(files -> files.write("freezer.state", "THAWED"));
          return Directories.living(processes()).isEmpty();
        });
  }

  @Override
  public long oomKills() {
    return files("memory")
        .map(files -> files.table("memory.oom_control").getOrDefault("oom_kill", 0L))
        .orElse(0L);
  }

  @Override
  public CgroupStats stats() {
    CgroupFiles cpu = files("cpu").orElseGet(this::none);
    CgroupFiles account = files("cpuacct").orElseGet(this::none);
    CgroupFiles memory = files("memory").orElseGet(this::none);
    CgroupFiles pids = files("pids").orElseGet(this::none);
    Map<String, Long> ticks = account.table("cpuacct.stat");
    Map<String, Long> throttling = cpu.table("cpu.stat");
    Map<String, Long> memoryStat = memory.table("memory.stat");
    List<Long> perCpu =
        account
            .read("cpuacct.usage_percpu")
            .map(text -> Arrays.stream(text.split(" ", -1)).map(CgroupFiles::parse).toList())
            .orElse(List.of());
    return new CgroupStats(
        1,
        account.number("cpuacct.usage"),
        ticks.getOrDefault("user", 0L) * NANOS_PER_TICK,
        ticks.getOrDefault("system", 0L) * NANOS_PER_TICK,
        perCpu,
        throttling.getOrDefault("nr_periods", 0L),
        throttling.getOrDefault("nr_throttled", 0L),
        throttling.getOrDefault("throttled_time", 0L),
        memory.number("memory.usage_in_bytes"),
        memory.number("memory.max_usage_in_bytes"),
        unlimited(memory.number("memory.limit_in_bytes")),
        memory.number("memory.failcnt"),
        memoryStat.getOrDefault("total_inactive_file", 0L),
        memoryStat,
        pids.number("pids.current"),
        pids.number("pids.max"),
        blocks());
  }

  /** Without a limit the kernel shows the largest page-aligned number. */
  private static long unlimited(long limit) {
    return limit > Long.MAX_VALUE - (1 << 20) ? Long.MAX_VALUE : limit;
  }

  private CgroupFiles none() {
    return new CgroupFiles(Path.of("/proc/self/none"));
  }

  private List<CgroupStats.BlockTransfer> blocks() {
    Map<String, Transfers> bytes = transfers("io_service_bytes_recursive");
    Map<String, Transfers> operations = transfers("io_serviced_recursive");
    List<CgroupStats.BlockTransfer> blocks = new ArrayList<>();
    bytes.forEach(
        (device, moved) -> {
          String[] numbers = device.split(":", -1);
          Transfers counted = operations.getOrDefault(device, Transfers.NONE);
          blocks.add(
              new CgroupStats.BlockTransfer(
                  Integer.parseInt(numbers[0]),
                  Integer.parseInt(numbers[1]),
                  moved.read,
                  moved.written,
                  counted.read,
                  counted.written));
        });
    return blocks;
  }

  private record Transfers(long read, long written) {
    static final Transfers NONE = new Transfers(0, 0);
  }

  /** By device; only the throttling policy counts without the scheduler's help. */
  private Map<String, Transfers> transfers(String what) {
    CgroupFiles files = files("blkio").orElseGet(this::none);
    String file = files.has("blkio.throttle." + what) ? "blkio.throttle." + what : "blkio." + what;
    Map<String, Transfers> transfers = new LinkedHashMap<>();
    for (String line : files.lines(file)) {
      String[] words = line.split(" ", -1);
      if (words.length == 3) {
        long value = CgroupFiles.parse(words[2]);
        Transfers before = transfers.getOrDefault(words[0], Transfers.NONE);
        switch (words[1]) {
          case "Read" -> transfers.put(words[0], new Transfers(value, before.written));
          case "Write" -> transfers.put(words[0], new Transfers(before.read, value));
          default -> {}
        }
      }
    }
    return transfers;
  }

  @Override
  public void remove() {
    RuntimeException failure = null;
    for (Hierarchy hierarchy : layout.hierarchies()) {
      try {
        Directories.remove(hierarchy.directory(path));
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
