package dev.jcompose.engine.container.launch;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.cgroup.Limits;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.runtime.Rlimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a container may use, in the terms of control groups and rlimits. */
public final class LimitsOf {
  /** Microseconds; the period Docker counts CPUs in. */
  private static final long PERIOD = 100_000;

  private LimitsOf() {}

  /** The control group's limits; what was not asked for is null. */
  public static Limits cgroup(HostResources asked) {
    HostResources.Memory memory = asked.memory();
    HostResources.Cpu cpu = asked.cpu();
    HostResources.BlockIo block = asked.blockIo();
    Long quota = positive(cpu.quota());
    Long period = positive(cpu.period());
    if (cpu.nanoCpus() > 0) {
      period = PERIOD;
      quota = cpu.nanoCpus() * PERIOD / 1_000_000_000L;
    } else if (cpu.quota() < 0) {
      quota = -1L;
    }
    List<Limits.Throttle> throttles = new ArrayList<>();
    throttles.addAll(throttles(Limits.Throttle.Kind.READ_BYTES, block.readBps()));
    throttles.addAll(throttles(Limits.Throttle.Kind.WRITE_BYTES, block.writeBps()));
    throttles.addAll(throttles(Limits.Throttle.Kind.READ_OPERATIONS, block.readIops()));
    throttles.addAll(throttles(Limits.Throttle.Kind.WRITE_OPERATIONS, block.writeIops()));
    throttles.addAll(throttles(Limits.Throttle.Kind.WEIGHT, block.weightDevices()));
    Long swappiness = memory.swappiness();
    return new Limits(
        positive(memory.limit()),
        swap(memory),
        positive(memory.reservation()),
        swappiness == null || swappiness < 0 ? null : swappiness.intValue(),
        memory.oomKillDisable(),
        positive(cpu.shares()),
        quota,
        period,
        text(cpu.cpus()),
        text(cpu.memoryNodes()),
        asked.pidsLimit() == 0 ? null : (Long) asked.pidsLimit(),
        block.weight() == 0 ? null : block.weight(),
        throttles);
  }

  private static @Nullable Long swap(HostResources.Memory memory) {
    if (memory.swap() != 0) {
      return memory.swap();
    }
    return memory.limit() > 0 ? (Long) (2 * memory.limit()) : null;
  }

  private static @Nullable Long positive(long value) {
    return value > 0 ? (Long) value : null;
  }

  private static @Nullable String text(String value) {
    return value.isEmpty() ? null : value;
  }

  private static List<Limits.Throttle> throttles(
      Limits.Throttle.Kind kind, List<HostResources.Throttle> asked) {
    return asked.stream()
        .map(
            throttle -> {
              DeviceFile device = DeviceFile.of(Path.of(throttle.path()));
              return new Limits.Throttle(kind, device.major(), device.minor(), throttle.value());
            })
        .toList();
  }

  /**
   * The rlimits of the first process: the usual ones, replaced by what was asked for.
   *
   * @throws EngineException.InvalidRequest when there is no such limit
   */
  public static List<Rlimit> ulimits(List<HostResources.Ulimit> asked) {
    Map<Rlimit.Resource, Rlimit> all = new EnumMap<>(Rlimit.Resource.class);
    Rlimit.standard().forEach(limit -> all.put(limit.resource(), limit));
    for (HostResources.Ulimit limit : asked) {
      try {
        Rlimit.Resource resource = Rlimit.Resource.valueOf(limit.name().toUpperCase(Locale.ROOT));
        all.put(resource, new Rlimit(resource, limit.soft(), limit.hard()));
      } catch (IllegalArgumentException e) {
        throw new EngineException.InvalidRequest(
            "invalid ulimit type: " + limit.name() + "; see getrlimit(2), for example nofile", e);
      }
    }
    return List.copyOf(all.values());
  }

  /** The machine's memory in bytes. */
  public static long machineMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
        if (line.startsWith("MemTotal:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("cannot read /proc/meminfo", e);
    }
    return Long.MAX_VALUE;
  }
}
