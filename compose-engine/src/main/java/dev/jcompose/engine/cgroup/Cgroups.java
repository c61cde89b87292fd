package dev.jcompose.engine.cgroup;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;

/** Makes and finds control groups in the layout of a host. */
public final class Cgroups {
  private final Kernel kernel;
  private final CgroupLayout layout;

  public Cgroups(Kernel kernel, CgroupLayout layout) {
    this.kernel = kernel;
    this.layout = layout;
    if (layout.hierarchies().isEmpty()) {
      throw new IllegalStateException(
          "no control groups are mounted; mount them with: mount -t cgroup2 none /sys/fs/cgroup");
    }
  }

  /** What the host has. */
  public CgroupLayout layout() {
    return layout;
  }

  /**
   * Makes a control group with its limits and device rules. Nothing is left if that fails.
   *
   * @throws java.io.UncheckedIOException if a limit cannot be set, naming the file and the value
   */
  public Cgroup create(CgroupSpec spec) {
    Cgroup group = open(spec);
    try {
      switch (group) {
        case CgroupV1 v1 -> v1.make(spec);
        case CgroupV2 v2 -> v2.make(spec);
        default -> throw new IllegalStateException(group.toString());
      }
      group.apply(spec.limits());
      spec.files().forEach(group::set);
    } catch (RuntimeException failed) {
      try {
        group.remove();
      } catch (RuntimeException alsoFailed) {
        failed.addSuppressed(alsoFailed);
      }
      throw failed;
    }
    return group;
  }

  /**
   * Tells whenever a control group has run out of memory. Version 2 has no such call: there it is
   * known at the end alone.
   *
   * @param told called on the thread of the events
   * @return ends the watch
   */
  public Runnable watchOom(KernelEvents events, Cgroup group, Runnable told) {
    if (group instanceof CgroupV1 v1 && v1.memoryDirectory().isPresent()) {
      OomWatch watch = new OomWatch(kernel, events, v1.memoryDirectory().get(), told);
      return watch::close;
    }
    return () -> {};
  }

  /** A control group that exists, or may have existed. */
  public Cgroup open(CgroupSpec spec) {
    return layout.unified()
        ? new CgroupV2(kernel, layout.hierarchies().getFirst(), spec.path())
        : new CgroupV1(layout, spec.path());
  }
}
