package dev.jcompose.engine.container.create;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.launch.CdiDevices;
import dev.jcompose.engine.container.launch.RuntimePrograms;
import dev.jcompose.engine.container.launch.SecurityOptions;
import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.Isolation;
import dev.jcompose.engine.container.spec.MountRequest;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.network.EndpointOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a request must fulfil before anything is made; the texts are Docker's where it has one. */
public final class SpecCheck {
  private static final long LEAST_MEMORY = 6L << 20;

  private SpecCheck() {}

  /**
   * Checks a request.
   *
   * @return what is accepted without effect, one sentence each
   * @throws EngineException.InvalidRequest when something cannot be met
   */
  static List<String> check(ContainerSpec spec) {
    List<String> warnings = new ArrayList<>(resources(spec.resources()));
    isolation(spec.isolation());
    warnings.addAll(SecurityOptions.of(spec.isolation()).ignored());
    mounts(spec.mounts());
    String directory = spec.process().workingDirectory();
    require(
        directory.isEmpty() || directory.startsWith("/"),
        "the working directory '" + directory + "' is invalid, it needs to be an absolute path");
    ProcessSettings.Stdio stdio = spec.process().stdio();
    require(
        !stdio.stdinOnce() || stdio.openStdin() || !stdio.attachStdin(),
        "stdinOnce makes sense only with openStdin");
    require(
        !spec.autoRemove() || spec.restartPolicy().name() == RestartPolicy.Name.NO,
        "can't create 'AutoRemove' container with restart policy");
    if (!spec.process().stopSignal().isEmpty()) {
      Signals.parse(spec.process().stopSignal());
    }
    String driver = spec.log().driver();
    require(
        Set.of("", "json-file", "local", "none").contains(driver),
        "logger: no log driver named '" + driver + "' is registered; use json-file or none");
    dev.jcompose.engine.log.LogLimits.of(spec.log().options());
    spec.network().attachments().forEach(SpecCheck::attachment);
    for (String port : spec.network().exposed()) {
      require(
          port.matches("\\d{1,5}(/(tcp|udp|sctp))?"),
          "exposed port \"" + port + "\" is not of the form port/protocol");
    }
    return warnings;
  }

  /** Checks how a container wants to be on a network, for create and connect alike. */
  public static void attachment(String network, NetworkSettings.Attachment asked) {
    require(
        asked.ipv6() == null,
        "network "
            + network
            + " has no IPv6 addresses, and so "
            + asked.ipv6()
            + " cannot be given; leave the IPv6 address out");
    var _ = EndpointOptions.of(asked.driverOptions());
  }

  /** Checks limits, for create and update alike; answers warnings. */
  public static List<String> resources(HostResources asked) {
    List<String> warnings = new ArrayList<>();
    HostResources.Memory memory = asked.memory();
    require(
        memory.limit() == 0 || memory.limit() >= LEAST_MEMORY,
        "Minimum memory limit allowed is 6MB");
    require(
        memory.swap() <= 0 || memory.limit() > 0,
        "You should always set the Memory limit when using Memoryswap limit, see usage");
    require(
        memory.swap() <= 0 || memory.swap() >= memory.limit(),
        "Minimum memoryswap limit should be larger than memory limit, see usage");
    Long swappiness = memory.swappiness();
    require(
        swappiness == null || (swappiness >= -1 && swappiness <= 100),
        "Invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
    require(
        memory.reservation() == 0 || memory.limit() == 0 || memory.limit() >= memory.reservation(),
        "Minimum memory limit can not be less than memory reservation limit, see usage");
    if (Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"))) {
      if (swappiness != null && swappiness >= 0) {
        warnings.add("memory swappiness has no effect: control groups of version 2 lack it");
      }
      if (memory.oomKillDisable()) {
        warnings.add("oom_kill_disable has no effect: control groups of version 2 lack it");
      }
    }
    HostResources.Cpu cpu = asked.cpu();
    int processors = Runtime.getRuntime().availableProcessors();
    require(
        cpu.nanoCpus() == 0
            || (cpu.nanoCpus() >= 10_000_000 && cpu.nanoCpus() <= processors * 1_000_000_000L),
        String.format(
            Locale.ROOT,
            "range of CPUs is from 0.01 to %d.00, as there are only %d CPUs available",
            processors,
            processors));
    require(
        cpu.nanoCpus() == 0 || cpu.period() == 0,
        "Conflicting options: Nano CPUs and CPU Period cannot both be set");
    require(
        cpu.nanoCpus() == 0 || cpu.quota() == 0,
        "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
    require(
        cpu.period() == 0 || (cpu.period() >= 1000 && cpu.period() <= 1_000_000),
        "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
    require(
        cpu.quota() <= 0 || cpu.quota() >= 1000,
        "CPU cfs quota can not be less than 1ms (i.e. 1000)");
    require(
        cpu.realtimePeriod() == 0 && cpu.realtimeRuntime() == 0,
        "realtime scheduling limits are not supported; use cpu shares or quota");
    int weight = asked.blockIo().weight();
    require(
        weight == 0 || (weight >= 10 && weight <= 1000),
        "Range of blkio weight is from 10 to 1000");
    var _ = CdiDevices.edits(asked.deviceRequests());
    for (HostResources.Ulimit limit : asked.ulimits()) {
      require(
          limit.hard() == -1 || (limit.soft() != -1 && limit.soft() <= limit.hard()),
          "ulimit " + limit.name() + ": the soft limit must not be above the hard limit");
    }
    return warnings;
  }

  private static void isolation(Isolation asked) {
    require(
        asked.oomScoreAdj() >= -1000 && asked.oomScoreAdj() <= 1000,
        "Invalid value " + asked.oomScoreAdj() + ", range for oom score adj is [-1000, 1000]");
    require(asked.shmSize() >= 0, "SHM size can not be less than 0");
    boolean other = RuntimePrograms.find(asked.runtime()) != null;
    require(
        !other || !asked.init(),
        "init: true is done by the engine's own runtime; leave out init or runtime");
    require(
        asked.namespaces().user().isEmpty() || asked.namespaces().user().equals("host"),
        "user namespace mode '" + asked.namespaces().user() + "' is not supported; use host");
  }

  private static void mounts(List<MountRequest> mounts) {
    Set<String> targets = new HashSet<>();
    for (MountRequest mount : mounts) {
      require(
          mount.target().startsWith("/"),
          "invalid mount path: '" + mount.target() + "' mount path must be absolute");
      require(!mount.target().equals("/"), "invalid mount: the destination can't be '/'");
      require(targets.add(mount.target()), "Duplicate mount point: " + mount.target());
      if (mount instanceof MountRequest.Bind bind) {
        require(
            bind.source().startsWith("/"),
            "invalid mount path: '" + bind.source() + "' must be an absolute path on the host");
      }
      if (mount instanceof MountRequest.Image image) {
        require(
            !image.source().isBlank(),
            "invalid mount of an image at " + image.target() + ": name the image as its source");
      }
    }
  }

  private static void require(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new EngineException.InvalidRequest(otherwise);
    }
  }
}
