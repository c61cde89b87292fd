package dev.jcompose.cli.render.graph;

import java.util.HashMap;
import java.util.Map;

/** For Mermaid, which pages of many code hosts draw. */
public final class MermaidGraph {
  private MermaidGraph() {}

  /** The graph as a flow chart. */
  public static String of(ServiceGraph graph) {
    // Names may be words of the language, so nodes have numbers.
    Map<String, String> ids = new HashMap<>();
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (ServiceGraph.Node node : graph.nodes()) {
      String id = "s" + (ids.size() + 1);
      ids.put(node.name(), id);
      String label = node.name();
      for (String line : node.lines()) {
        label += "<br/>" + line;
      }
      text.append("  ").append(id).append("[\"").append(escaped(label)).append("\"]\n");
    }
    for (ServiceGraph.Edge edge : graph.edges()) {
      String arrow = edge.required() ? "-->" : "-.->";
      String label = edge.label().isEmpty() ? "" : "|" + edge.label() + "|";
      text.append("  ").append(ids.get(edge.from())).append(' ').append(arrow).append(label);
      text.append(' ').append(ids.get(edge.to())).append('\n');
    }
    return text.toString();
  }

  private static String escaped(String text) {
    return text.replace("#", "#35;").replace("\"", "#quot;");
  }
}
