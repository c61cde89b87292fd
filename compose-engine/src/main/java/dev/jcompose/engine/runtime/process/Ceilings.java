package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.runtime.Capability;
import dev.jcompose.engine.runtime.ExecSpec;
import dev.jcompose.engine.runtime.LaunchSpec;
import dev.jcompose.engine.runtime.ProcessSpec;
import dev.jcompose.engine.runtime.Rlimit;

/**
 * Lowers hard limits to the engine's own where it may not raise them, as inside another container
 * that lacks CAP_SYS_RESOURCE.
 */
final class Ceilings {
  private static final long UNLIMITED = -1;

  private final Kernel kernel;
  private final boolean mayRaise;

  Ceilings(Kernel kernel) {
    this.kernel = kernel;
    this.mayRaise = Capability.SYS_RESOURCE.in(Capability.ofEngine());
  }

  LaunchSpec fit(LaunchSpec spec) {
    return mayRaise
        ? spec
        : new LaunchSpec(
            spec.id(),
            spec.root(),
            spec.mounts(),
            fit(spec.process()),
            spec.namespaces(),
            spec.hostname(),
            spec.domainname(),
            spec.sysctls(),
            spec.devices(),
            spec.maskedPaths(),
            spec.readOnlyPaths(),
            spec.seccomp(),
            spec.cgroup(),
            spec.stdio(),
            spec.exitRecord(),
            spec.particulars());
  }

  ExecSpec fit(ExecSpec spec) {
    return mayRaise
        ? spec
        : new ExecSpec(fit(spec.process()), spec.seccomp(), spec.stdio(), spec.program());
  }

  private ProcessSpec fit(ProcessSpec process) {
    return new ProcessSpec(
        process.arguments(),
        process.environment(),
        process.workingDirectory(),
        process.identity(),
        process.capabilities(),
        process.noNewPrivileges(),
        process.limits().stream().map(this::fit).toList(),
        process.oomScoreAdjustment(),
        process.umask(),
        process.reaper(),
        process.apparmor());
  }

  private Rlimit fit(Rlimit limit) {
    long ceiling = kernel.limit(0, limit.resource().number())[1];
    return new Rlimit(limit.resource(), lower(limit.soft(), ceiling), lower(limit.hard(), ceiling));
  }

  private static long lower(long value, long ceiling) {
    if (ceiling == UNLIMITED) {
      return value;
    }
    return value == UNLIMITED ? ceiling : Math.min(value, ceiling);
  }
}
