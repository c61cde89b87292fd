package dev.jcompose.cli.render.graph;

import dev.jcompose.cli.render.graph.ServiceGraph.Edge;
import dev.jcompose.cli.render.graph.ServiceGraph.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A picture that any browser shows: columns from left to right, each service behind all that need
 * it, so that every arrow points to the right. Arrows over several columns have a place of their
 * own in those between, so that they cross no box.
 */
public final class SvgGraph {
  private static final int CHARACTER = 8;
  private static final int LINE = 18;
  private static final int PADDING = 12;
  private static final int COLUMN_GAP = 90;
  private static final int ROW_GAP = 24;
  private static final int MARGIN = 20;

  private final ServiceGraph graph;
  private final Map<String, Integer> depths = new HashMap<>();
  private final Map<Place, Box> boxes = new HashMap<>();
  private int width;
  private int height;

  /**
   * Something in a column: a service, or an arrow that passes.
   *
   * @param name the service, or the two ends of the arrow
   */
  private record Place(String name, int column) {
    static Place passing(Edge edge, int column) {
      // No service can have a space in its name.
      return new Place(edge.from() + " " + edge.to(), column);
    }
  }

  private record Box(int x, int y, int width, int height) {
    int middle() {
      return y + height / 2;
    }

    int right() {
      return x + width;
    }
  }

  private SvgGraph(ServiceGraph graph) {
    this.graph = graph;
  }

  /** The picture. */
  public static String of(ServiceGraph graph) {
    SvgGraph drawing = new SvgGraph(graph);
    drawing.layOut();
    return drawing.draw();
  }

  private void layOut() {
    Map<Integer, List<Place>> columns = new TreeMap<>();
    for (Node node : graph.nodes()) {
      int column = depth(node.name());
      columns.computeIfAbsent(column, key -> new ArrayList<>()).add(place(node.name()));
    }
    for (Edge edge : graph.edges()) {
      for (int column = depth(edge.from()) + 1; column < depth(edge.to()); column++) {
        columns.computeIfAbsent(column, key -> new ArrayList<>()).add(Place.passing(edge, column));
      }
    }
    int x = MARGIN;
    for (List<Place> column : columns.values()) {
      // Each beside the middle of what leads to it from the left, which has its place already.
      column.sort(Comparator.comparingDouble(this::pull).thenComparing(Place::name));
      x = layOut(column, x) + COLUMN_GAP;
    }
    width = Math.max(x - COLUMN_GAP, MARGIN) + MARGIN;
    height = Math.max(height, 2 * MARGIN);
  }

  /** Gives a column's members their places; the result is its right edge. */
  private int layOut(List<Place> column, int x) {
    int right = x;
    int y = MARGIN;
    for (Place place : column) {
      Node node = node(place.name());
      Box box =
          node == null
              ? new Box(x, y, 0, LINE)
              : new Box(x, y, boxWidth(node), (node.lines().size() + 1) * LINE + PADDING);
      boxes.put(place, box);
      right = Math.max(right, box.right());
      y += box.height() + ROW_GAP;
    }
    height = Math.max(height, y - ROW_GAP + MARGIN);
    return right;
  }

  private @Nullable Node node(String name) {
    for (Node node : graph.nodes()) {
      if (node.name().equals(name)) {
        return node;
      }
    }
    return null;
  }

  private Place place(String service) {
    return new Place(service, depth(service));
  }

  /** How long the longest chain of those is that need a service. */
  private int depth(String name) {
    Integer known = depths.get(name);
    if (known != null) {
      return known;
    }
    int depth = 0;
    for (Edge edge : graph.edges()) {
      if (edge.to().equals(name)) {
        depth = Math.max(depth, depth(edge.from()) + 1);
      }
    }
    depths.put(name, depth);
    return depth;
  }

  private double pull(Place place) {
    return graph.edges().stream()
        .filter(edge -> way(edge).indexOf(place) > 0)
        .map(edge -> way(edge).get(way(edge).indexOf(place) - 1))
        .mapToInt(before -> box(before).middle())
        .average()
        .orElse(Double.MAX_VALUE);
  }

  /** The places an arrow goes through, its ends among them. */
  private List<Place> way(Edge edge) {
    List<Place> way = new ArrayList<>();
    way.add(place(edge.from()));
    for (int column = depth(edge.from()) + 1; column < depth(edge.to()); column++) {
      way.add(Place.passing(edge, column));
    }
    way.add(place(edge.to()));
    return way;
  }

  private Box box(Place place) {
    Box box = boxes.get(place);
    if (box == null) {
      throw new IllegalStateException(place + " has no place yet");
    }
    return box;
  }

  private static int boxWidth(Node node) {
    int longest = node.name().length();
    for (String line : node.lines()) {
      longest = Math.max(longest, line.length());
    }
    return longest * CHARACTER + 2 * PADDING;
  }

  private String draw() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" font-family="monospace" font-size="13">
        <title>%s</title>
        <defs><marker id="end" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="#556"/></marker></defs>
        """
            .formatted(width, height, width, height, escaped(graph.project())));
    graph.edges().forEach(edge -> arrow(svg, edge));
    graph.nodes().forEach(node -> node(svg, node));
    return svg.append("</svg>\n").toString();
  }

  private void arrow(StringBuilder svg, Edge edge) {
    List<Place> way = way(edge);
    Box from = box(way.getFirst());
    StringBuilder path = new StringBuilder("M%d,%d".formatted(from.right(), from.middle()));
    int x = from.right();
    int y = from.middle();
    for (Place place : way.subList(1, way.size())) {
      Box next = box(place);
      int middle = (x + next.x()) / 2;
      path.append(
          " C%d,%d %d,%d %d,%d"
              .formatted(middle, y, middle, next.middle(), next.x(), next.middle()));
      x = next.x();
      y = next.middle();
    }
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"#556\"%s marker-end=\"url(#end)\"/>\n"
            .formatted(path, edge.required() ? "" : " stroke-dasharray=\"5,4\""));
    if (!edge.label().isEmpty()) {
      Box second = box(way.get(1));
      svg.append(
          text(
              (from.right() + second.x()) / 2,
              (from.middle() + second.middle()) / 2 - 4,
              "fill=\"#556\" font-size=\"11\"",
              edge.label()));
    }
  }

  private void node(StringBuilder svg, Node node) {
    Box box = box(place(node.name()));
    svg.append(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#eef4fb\" stroke=\"#346\"/>\n"
            .formatted(box.x(), box.y(), box.width(), box.height()));
    int center = box.x() + box.width() / 2;
    int y = box.y() + LINE;
    svg.append(text(center, y, "font-weight=\"bold\"", node.name()));
    for (String line : node.lines()) {
      y += LINE;
      svg.append(text(center, y, "fill=\"#000\"", line));
    }
  }

  private static String text(int x, int y, String style, String text) {
    return "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" %s>%s</text>\n"
        .formatted(x, y, style, escaped(text));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
