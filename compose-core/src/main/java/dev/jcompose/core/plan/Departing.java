package dev.jcompose.core.plan;

import dev.jcompose.core.port.spec.PortSpec;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.PortView;
import dev.jcompose.core.project.network.PortRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and ports that containers which stop or go set free for others. */
final class Departing {
  private final Map<String, PlanBuilder.Draft> names = new HashMap<>();
  private final Map<String, List<PlanBuilder.Draft>> ports = new HashMap<>();

  void removes(ContainerView container, PlanBuilder.Draft removal) {
    names.put(container.name(), removal);
  }

  /** Says that a step ends the process that holds a container's published ports. */
  void stops(ContainerView container, PlanBuilder.Draft stop) {
    for (PortView port : container.ports()) {
      if (port.hostPort() > 0) {
        ports
            .computeIfAbsent(key(port.hostPort(), port.protocol()), key -> new ArrayList<>())
            .add(stop);
      }
    }
  }

  PlanBuilder.@Nullable Draft removalOf(String name) {
    return names.get(name);
  }

  /** The steps that must end before these ports can be had. */
  List<PlanBuilder.Draft> holders(List<PortSpec> wanted) {
    if (ports.isEmpty() || wanted.isEmpty()) {
      return List.of();
    }
    List<PlanBuilder.Draft> holders = new ArrayList<>();
    for (PortSpec port : wanted) {
      PortRange range = PortRange.parse(port.hostPort());
      if (range == null) {
        continue;
      }
      for (int number = range.first(); number <= range.last(); number++) {
        holders.addAll(ports.getOrDefault(key(number, port.protocol()), List.of()));
      }
    }
    return holders;
  }

  private static String key(int port, String protocol) {
    return port + "/" + protocol;
  }
}
