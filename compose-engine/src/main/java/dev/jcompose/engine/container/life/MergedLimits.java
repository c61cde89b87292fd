package dev.jcompose.engine.container.life;

import dev.jcompose.engine.container.spec.HostResources;

/** Limits with changes over them; what a change does not name stays. */
final class MergedLimits {
  private MergedLimits() {}

  static HostResources of(HostResources old, HostResources changes) {
    return new HostResources(
        memory(old.memory(), changes.memory()),
        cpu(old.cpu(), changes.cpu()),
        blockIo(old.blockIo(), changes.blockIo()),
        or(changes.pidsLimit(), old.pidsLimit()),
        old.ulimits(),
        old.devices(),
        old.deviceRules(),
        old.deviceRequests(),
        old.cgroupParent());
  }

  private static HostResources.Memory memory(
      HostResources.Memory old, HostResources.Memory changes) {
    return new HostResources.Memory(
        or(changes.limit(), old.limit()),
        or(changes.swap(), old.swap()),
        or(changes.reservation(), old.reservation()),
        changes.swappiness() == null ? old.swappiness() : changes.swappiness(),
        old.oomKillDisable());
  }

  private static HostResources.Cpu cpu(HostResources.Cpu old, HostResources.Cpu changes) {
    return new HostResources.Cpu(
        or(changes.nanoCpus(), old.nanoCpus()),
        or(changes.shares(), old.shares()),
        or(changes.period(), old.period()),
        or(changes.quota(), old.quota()),
        old.realtimePeriod(),
        old.realtimeRuntime(),
        changes.cpus().isEmpty() ? old.cpus() : changes.cpus(),
        changes.memoryNodes().isEmpty() ? old.memoryNodes() : changes.memoryNodes());
  }

  private static HostResources.BlockIo blockIo(
      HostResources.BlockIo old, HostResources.BlockIo changes) {
    return new HostResources.BlockIo(
        (int) or(changes.weight(), old.weight()),
        old.weightDevices(),
        old.readBps(),
        old.writeBps(),
        old.readIops(),
        old.writeIops());
  }

  private static long or(long change, long old) {
    return change == 0 ? old : change;
  }
}
