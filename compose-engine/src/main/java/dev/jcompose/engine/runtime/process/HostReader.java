package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.cgroup.CgroupLayout;
import dev.jcompose.engine.cgroup.Hierarchy;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.ProcFile;
import dev.jcompose.engine.runtime.program.CgroupMount;
import dev.jcompose.engine.runtime.program.HostFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Finds out what launch programs need to know of the machine. */
final class HostReader {
  private static final int CAPABILITIES_OF_OLDEST_KERNEL = 40;

  private HostReader() {}

  static HostFacts read(CgroupLayout layout) {
    return new HostFacts(
        Architecture.current(),
        lastCapability(),
        layout.hierarchies().stream().map(HostReader::mount).toList());
  }

  private static int lastCapability() {
    try {
      return Integer.parseInt(ProcFile.read(Path.of("/proc/sys/kernel/cap_last_cap")));
    } catch (IOException | NumberFormatException e) {
      return CAPABILITIES_OF_OLDEST_KERNEL;
    }
  }

  private static CgroupMount mount(Hierarchy hierarchy) {
    String name = hierarchy.mountPoint().getFileName().toString();
    if (hierarchy.unified()) {
      return new CgroupMount(name, "cgroup2", "", List.of());
    }
    List<String> controllers = hierarchy.controllers();
    boolean named = controllers.stream().anyMatch(option -> option.startsWith("name="));
    String options = String.join(",", controllers);
    return new CgroupMount(
        name,
        "cgroup",
        named ? "none," + options : options,
        controllers.size() > 1 ? controllers : List.of());
  }
}
