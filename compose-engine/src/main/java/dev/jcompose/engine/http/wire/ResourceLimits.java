package dev.jcompose.engine.http.wire;

import dev.jcompose.engine.api.json.Json;
import dev.jcompose.engine.api.resources.BlockIo.PerDevice;
import dev.jcompose.engine.api.resources.CpuLimits;
import dev.jcompose.engine.api.resources.DeviceMapping;
import dev.jcompose.engine.api.resources.DeviceRequest;
import dev.jcompose.engine.api.resources.MemoryLimits;
import dev.jcompose.engine.api.resources.Resources;
import dev.jcompose.engine.api.resources.Ulimit;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.HostResources.Throttle;
import java.util.List;

/** Limits and devices, both ways. */
public final class ResourceLimits {
  private ResourceLimits() {}

  /** From the wire to the engine. */
  public static HostResources of(Resources wire) {
    MemoryLimits memory = wire.memory();
    CpuLimits cpu = wire.cpu();
    Long pids = wire.pidsLimit();
    return new HostResources(
        new HostResources.Memory(
            memory.limit(),
            memory.swap(),
            memory.reservation(),
            memory.swappiness() == null || memory.swappiness() < 0 ? null : memory.swappiness(),
            Boolean.TRUE.equals(memory.oomKillDisable())),
        new HostResources.Cpu(
            cpu.nanoCpus(),
            cpu.shares(),
            cpu.period(),
            cpu.quota(),
            cpu.realtimePeriod(),
            cpu.realtimeRuntime(),
            cpu.cpusetCpus(),
            cpu.cpusetMems()),
        new HostResources.BlockIo(
            wire.blockIo().weight(),
            throttles(wire.blockIo().weightDevice()),
            throttles(wire.blockIo().readBps()),
            throttles(wire.blockIo().writeBps()),
            throttles(wire.blockIo().readIops()),
            throttles(wire.blockIo().writeIops())),
        pids == null ? 0 : pids,
        wire.ulimits().stream()
            .map(one -> new HostResources.Ulimit(one.name(), one.soft(), one.hard()))
            .toList(),
        wire.devices().stream()
            .map(
                one ->
                    new HostResources.DeviceMapping(
                        one.pathOnHost(), one.pathInContainer(), one.cgroupPermissions()))
            .toList(),
        wire.deviceCgroupRules(),
        wire.deviceRequests().stream().map(Json::print).toList(),
        wire.cgroupParent());
  }

  /** From the engine to the wire. */
  static Resources view(HostResources limits) {
    HostResources.Memory memory = limits.memory();
    HostResources.Cpu cpu = limits.cpu();
    HostResources.BlockIo disk = limits.blockIo();
    return new Resources(
        new CpuLimits(
            cpu.nanoCpus(),
            cpu.shares(),
            cpu.period(),
            cpu.quota(),
            cpu.realtimePeriod(),
            cpu.realtimeRuntime(),
            cpu.cpus(),
            cpu.memoryNodes()),
        new MemoryLimits(
            memory.limit(),
            memory.reservation(),
            memory.swap(),
            memory.swappiness(),
            memory.oomKillDisable()),
        new dev.jcompose.engine.api.resources.BlockIo(
            disk.weight(),
            perDevice(disk.weightDevices()),
            perDevice(disk.readBps()),
            perDevice(disk.writeBps()),
            perDevice(disk.readIops()),
            perDevice(disk.writeIops())),
        limits.pidsLimit() <= 0 ? null : limits.pidsLimit(),
        limits.ulimits().stream()
            .map(one -> new Ulimit(one.name(), one.soft(), one.hard()))
            .toList(),
        limits.devices().stream()
            .map(one -> new DeviceMapping(one.pathOnHost(), one.pathInContainer(), one.access()))
            .toList(),
        limits.deviceRules(),
        limits.deviceRequests().stream().map(text -> DeviceRequest.of(Json.object(text))).toList(),
        limits.cgroupParent());
  }

  private static List<Throttle> throttles(List<PerDevice> devices) {
    return devices.stream().map(one -> new Throttle(one.path(), one.value())).toList();
  }

  private static List<PerDevice> perDevice(List<Throttle> throttles) {
    return throttles.stream().map(one -> new PerDevice(one.path(), one.value())).toList();
  }
}
