package dev.jcompose.engine.container.insight;

import dev.jcompose.engine.cgroup.CgroupStats;
import dev.jcompose.engine.container.ContainerInsight;
import dev.jcompose.engine.container.launch.LimitsOf;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks into running containers through their control groups and /proc. */
public final class LifeInsight implements ContainerInsight {
  private static final long NANOS_PER_TICK = 10_000_000;

  private final Surroundings around;
  private final ContainerTable table;

  public LifeInsight(Surroundings around, ContainerTable table) {
    this.around = around;
    this.table = table;
  }

  @Override
  public ProcessTable top(String reference, String psArguments) {
    LiveContainer live = table.find(reference);
    List<Integer> pids;
    live.lock().lock();
    try {
      pids = around.runtime().processes(live.requireRun().launched());
    } finally {
      live.lock().unlock();
    }
    ProcessTable table = ProcessListing.of(pids, psArguments);
    live.tell("top");
    return table;
  }

  @Override
  public Sample sample(String reference) {
    LiveContainer live = table.find(reference);
    live.lock().lock();
    try {
      Run run = live.run();
      return run == null
          ? sample(CgroupStats.NONE, Map.of())
          : sample(
              around.runtime().stats(run.launched()),
              InterfaceCounters.read(
                  Path.of("/proc", Integer.toString(run.launched().pid()), "net", "dev")));
    } finally {
      live.lock().unlock();
    }
  }

  private Sample sample(CgroupStats stats, Map<String, NetworkCounters> networks) {
    ProcFigures machine = ProcFigures.read();
    return new Sample(
        around.clock().instant(),
        stats,
        machine.ticks() * NANOS_PER_TICK,
        machine.processors(),
        LimitsOf.machineMemory(),
        networks);
  }
}
