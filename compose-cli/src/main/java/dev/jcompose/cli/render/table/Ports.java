package dev.jcompose.cli.render.table;

import dev.jcompose.core.port.view.PortView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Ports in one text; neighbours that are published alike become a range. */
public final class Ports {
  private Ports() {}

  /** Text such as {@code 0.0.0.0:8080-8081->80-81/tcp, 9000/udp}; empty without ports. */
  public static String of(List<PortView> ports) {
    List<PortView> sorted = ports.stream().sorted(Ports::compare).toList();
    List<Run> runs = new ArrayList<>();
    for (PortView port : sorted) {
      Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
      if (last != null && last.isFollowedBy(port)) {
        runs.set(runs.size() - 1, new Run(last.first(), last.length() + 1));
      } else {
        runs.add(new Run(port, 1));
      }
    }
    return runs.stream().map(Run::toString).collect(Collectors.joining(", "));
  }

  // Comparator.comparing cannot be kept in the class cache, and this is on the hot path.
  private static int compare(PortView a, PortView b) {
    int order = a.protocol().compareTo(b.protocol());
    order = order != 0 ? order : a.hostAddress().compareTo(b.hostAddress());
    order = order != 0 ? order : Integer.compare(a.containerPort(), b.containerPort());
    return order != 0 ? order : Integer.compare(a.hostPort(), b.hostPort());
  }

  private record Run(PortView first, int length) {
    boolean isFollowedBy(PortView next) {
      return next.protocol().equals(first.protocol())
          && next.hostAddress().equals(first.hostAddress())
          && next.containerPort() == first.containerPort() + length
          && next.hostPort() == (first.hostPort() == 0 ? 0 : first.hostPort() + length);
    }

    @Override
    public String toString() {
      String inside = range(first.containerPort()) + "/" + first.protocol();
      if (first.hostPort() == 0) {
        return inside;
      }
      String address =
          first.hostAddress().indexOf(':') >= 0
              ? "[" + first.hostAddress() + "]"
              : first.hostAddress();
      return address + ":" + range(first.hostPort()) + "->" + inside;
    }

    private String range(int from) {
      return length == 1 ? Integer.toString(from) : from + "-" + (from + length - 1);
    }
  }
}
