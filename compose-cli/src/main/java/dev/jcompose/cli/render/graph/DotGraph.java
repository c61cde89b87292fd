package dev.jcompose.cli.render.graph;

/** For Graphviz. */
public final class DotGraph {
  private DotGraph() {}

  /**
   * The graph in the language of {@code dot}.
   *
   * @param indent what each level is indented by
   */
  public static String of(ServiceGraph graph, String indent) {
    StringBuilder text =
        new StringBuilder("digraph ").append(quoted(graph.project())).append(" {\n");
    text.append(indent).append("rankdir=LR;\n");
    text.append(indent).append("node [shape=box, style=rounded];\n");
    for (ServiceGraph.Node node : graph.nodes()) {
      text.append(indent).append(quoted(node.name()));
      if (!node.lines().isEmpty()) {
        String label = node.name() + "\n" + String.join("\n", node.lines());
        text.append(" [label=").append(quoted(label)).append(']');
      }
      text.append(";\n");
    }
    for (ServiceGraph.Edge edge : graph.edges()) {
      text.append(indent).append(quoted(edge.from())).append(" -> ").append(quoted(edge.to()));
      String label = edge.label().isEmpty() ? "" : "label=" + quoted(edge.label());
      String style = edge.required() ? "" : "style=dashed";
      if (!label.isEmpty() || !style.isEmpty()) {
        String comma = label.isEmpty() || style.isEmpty() ? "" : ", ";
        text.append(" [").append(label).append(comma).append(style).append(']');
      }
      text.append(";\n");
    }
    return text.append("}\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
