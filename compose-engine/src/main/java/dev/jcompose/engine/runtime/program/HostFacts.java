package dev.jcompose.engine.runtime.program;

import dev.jcompose.engine.linux.Architecture;
import java.util.List;

/**
 * What programs need to know of the machine.
 *
 * @param lastCapability highest capability the kernel knows
 * @param hierarchies control groups as a container mounts them
 */
public record HostFacts(
    Architecture architecture, int lastCapability, List<CgroupMount> hierarchies) {
  public HostFacts {
    hierarchies = List.copyOf(hierarchies);
  }
}
