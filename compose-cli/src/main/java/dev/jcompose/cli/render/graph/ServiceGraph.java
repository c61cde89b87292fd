package dev.jcompose.cli.render.graph;

import dev.jcompose.core.project.Dependency;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.network.PortMapping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is drawn of a project.
 *
 * @param nodes in the order of their names
 * @param edges from who needs to what is needed
 */
public record ServiceGraph(String project, List<Node> nodes, List<Edge> edges) {
  /** What a node can tell beside its name. */
  public enum Detail {
    IMAGE,
    PORTS,
    NETWORKS
  }

  /**
   * A service.
   *
   * @param lines what is written under its name
   */
  public record Node(String name, List<String> lines) {}

  /**
   * A need.
   *
   * @param label the condition; empty when it only has to be started
   * @param required whether it cannot do without
   */
  public record Edge(String from, String to, String label, boolean required) {}

  public ServiceGraph {
    nodes = List.copyOf(nodes);
    edges = List.copyOf(edges);
  }

  /**
   * The graph of a project.
   *
   * @param details what nodes tell; empty for names only
   */
  public static ServiceGraph of(Project project, Collection<Detail> details) {
    Set<Detail> wanted = EnumSet.noneOf(Detail.class);
    wanted.addAll(details);
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    project.services().values().stream()
        .sorted((a, b) -> a.name().compareTo(b.name()))
        .forEach(
            service -> {
              nodes.add(new Node(service.name(), lines(service, wanted)));
              edges(service, project, edges);
            });
    return new ServiceGraph(project.name(), nodes, edges);
  }

  private static void edges(Service service, Project project, List<Edge> edges) {
    for (Map.Entry<String, Dependency> need : service.dependsOn().entrySet()) {
      if (project.services().containsKey(need.getKey())) {
        String label =
            switch (need.getValue().condition()) {
              case SERVICE_STARTED -> "";
              case SERVICE_HEALTHY -> "healthy";
              case SERVICE_COMPLETED_SUCCESSFULLY -> "completed";
            };
        edges.add(new Edge(service.name(), need.getKey(), label, need.getValue().required()));
      }
    }
  }

  private static List<String> lines(Service service, Set<Detail> wanted) {
    List<String> lines = new ArrayList<>();
    if (wanted.contains(Detail.IMAGE)) {
      String image = service.image();
      lines.add(image == null ? "built here" : image);
    }
    if (wanted.contains(Detail.PORTS)) {
      for (PortMapping port : service.networking().ports()) {
        String published = port.published() == null ? "" : port.published() + ":";
        String protocol = port.protocol().equals("tcp") ? "" : "/" + port.protocol();
        lines.add("port " + published + port.target() + protocol);
      }
    }
    if (wanted.contains(Detail.NETWORKS)) {
      service.networking().networks().keySet().forEach(name -> lines.add("network " + name));
    }
    return lines;
  }
}
