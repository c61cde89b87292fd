package dev.jcompose.core.validate;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Services that wait for each other. Walks on a stack of its own: a file decides how long the way
 * is.
 */
final class Circles {
  /** More names than these say nothing to a reader. */
  private static final int MOST_NAMES = 12;

  private final Problems problems;
  private final YamlMap services;
  private final Map<String, Boolean> finished = new HashMap<>();

  Circles(Problems problems, YamlMap services) {
    this.problems = problems;
    this.services = services;
  }

  /** A service on the way, with the dependencies that are not yet followed. */
  private record Stop(String name, Iterator<String> next) {}

  void check() {
    for (String name : services.keys()) {
      if (!finished.containsKey(name)) {
        walk(name);
      }
    }
  }

  private void walk(String start) {
    List<Stop> way = new ArrayList<>();
    enter(start, way);
    while (!way.isEmpty()) {
      Stop stop = way.getLast();
      if (!stop.next.hasNext()) {
        finished.put(stop.name, true);
        way.removeLast();
        continue;
      }
      String other = stop.next.next();
      Boolean done = finished.get(other);
      if (done == null) {
        enter(other, way);
      } else if (!done) {
        report(other, way);
      }
    }
  }

  private void enter(String name, List<Stop> way) {
    YamlMap service = services.map(name);
    YamlMap dependencies = service == null ? null : service.map("depends_on");
    finished.put(name, false);
    way.add(
        new Stop(
            name,
            dependencies == null ? List.<String>of().iterator() : dependencies.keys().iterator()));
  }

  private void report(String name, List<Stop> way) {
    List<String> names = new ArrayList<>();
    boolean inside = false;
    for (Stop stop : way) {
      inside |= stop.name.equals(name);
      if (inside) {
        names.add(stop.name);
      }
    }
    String next = names.size() > 1 ? names.get(1) : name;
    if (names.size() > MOST_NAMES) {
      names.subList(MOST_NAMES, names.size()).clear();
      names.add("...");
    }
    names.add(name);
    YamlMap service = services.map(name);
    YamlMap dependencies = service == null ? null : service.map("depends_on");
    YamlMap.Entry entry = dependencies == null ? null : dependencies.entry(next);
    if (entry != null) {
      problems.add(
          entry.keyLocation(),
          "services." + name + "." + Consistency.asked(entry),
          "services wait for each other: " + String.join(" -> ", names),
          "remove one of the dependencies");
    }
  }
}
