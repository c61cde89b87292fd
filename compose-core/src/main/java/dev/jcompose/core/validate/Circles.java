package dev.jcompose.core.validate;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Services that wait for each other. */
final class Circles {
  private final Problems problems;
  private final YamlMap services;
  private final Set<String> done = new HashSet<>();

  Circles(Problems problems, YamlMap services) {
    this.problems = problems;
    this.services = services;
  }

  void check() {
    for (String name : services.keys()) {
      visit(name, new ArrayList<>());
    }
  }

  private void visit(String name, List<String> way) {
    int start = way.indexOf(name);
    if (start >= 0) {
      YamlMap.Entry entry = services.entry(name);
      List<String> circle = new ArrayList<>(way.subList(start, way.size()));
      circle.add(name);
      if (entry != null) {
        problems.add(
            entry.keyLocation(),
            "services." + name + ".depends_on",
            "services wait for each other: " + String.join(" -> ", circle),
            "remove one of the dependencies");
      }
      return;
    }
    YamlMap service = services.map(name);
    YamlMap dependencies = service == null ? null : service.map("depends_on");
    if (dependencies == null || done.contains(name)) {
      return;
    }
    way.add(name);
    for (String other : dependencies.keys()) {
      visit(other, way);
    }
    way.removeLast();
    done.add(name);
  }
}
