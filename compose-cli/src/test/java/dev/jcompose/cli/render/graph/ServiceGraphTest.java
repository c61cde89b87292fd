package dev.jcompose.cli.render.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jcompose.cli.render.graph.ServiceGraph.Edge;
import dev.jcompose.cli.render.graph.ServiceGraph.Node;
import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ServiceGraphTest {
  private static final ServiceGraph SHOP =
      new ServiceGraph(
          "shop",
          List.of(
              new Node("api", List.of("a \"b\" <c>")),
              new Node("cache", List.of()),
              new Node("db", List.of()),
              new Node("end", List.of())),
          List.of(
              new Edge("api", "db", "healthy", true),
              new Edge("api", "cache", "", false),
              new Edge("end", "api", "", true),
              new Edge("end", "db", "completed", false)));

  @Test
  void dotQuotesEverything() {
    assertThat(DotGraph.of(SHOP, " "))
        .isEqualTo(
            """
            digraph "shop" {
             rankdir=LR;
             node [shape=box, style=rounded];
             "api" [label="api\\na \\"b\\" <c>"];
             "cache";
             "db";
             "end";
             "api" -> "db" [label="healthy"];
             "api" -> "cache" [style=dashed];
             "end" -> "api";
             "end" -> "db" [label="completed", style=dashed];
            }
            """);
  }

  @Test
  void mermaidUsesNoNameAsAWordOfItsOwn() {
    assertThat(MermaidGraph.of(SHOP))
        .isEqualTo(
            """
            flowchart LR
              s1["api<br/>a #quot;b#quot; <c>"]
              s2["cache"]
              s3["db"]
              s4["end"]
              s1 -->|healthy| s3
              s1 -.-> s2
              s4 --> s1
              s4 -.->|completed| s3
            """);
  }

  @Test
  void boxesOfSvgNeverTouchAndArrowsGoRight() throws Exception {
    for (int seed = 1; seed <= 40; seed++) {
      ServiceGraph graph = generated(new Random(seed));
      Document svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(SvgGraph.of(graph).getBytes(UTF_8)));
      List<Rectangle2D> boxes = boxes(svg.getElementsByTagName("rect"));
      assertThat(boxes).as("seed %d", seed).hasSameSizeAs(graph.nodes());
      for (int i = 0; i < boxes.size(); i++) {
        for (int j = i + 1; j < boxes.size(); j++) {
          assertThat(boxes.get(i).intersects(boxes.get(j))).as("seed %d", seed).isFalse();
        }
      }
      arrowsGoRight(svg, graph, seed);
    }
  }

  private static void arrowsGoRight(Document svg, ServiceGraph graph, int seed) {
    Pattern ends = Pattern.compile("M(\\d+),\\d+ .* (\\d+),\\d+");
    int arrows = 0;
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      Element path = (Element) paths.item(i);
      if (path.hasAttribute("marker-end")) {
        arrows++;
        Matcher matcher = ends.matcher(path.getAttribute("d"));
        assertThat(matcher.matches()).isTrue();
        assertThat(Integer.parseInt(matcher.group(1)))
            .as("seed %d", seed)
            .isLessThan(Integer.parseInt(matcher.group(2)));
      }
    }
    assertThat(arrows).isEqualTo(graph.edges().size());
  }

  private static List<Rectangle2D> boxes(NodeList rects) {
    List<Rectangle2D> boxes = new ArrayList<>();
    for (int i = 0; i < rects.getLength(); i++) {
      Element rect = (Element) rects.item(i);
      boxes.add(
          new Rectangle2D.Double(
              number(rect, "x"), number(rect, "y"), number(rect, "width"), number(rect, "height")));
    }
    return boxes;
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  private static ServiceGraph generated(Random random) {
    List<Node> nodes = new ArrayList<>();
    List<Edge> edges = new ArrayList<>();
    int count = 1 + random.nextInt(12);
    for (int i = 0; i < count; i++) {
      nodes.add(new Node("s" + i, random.nextBoolean() ? List.of() : List.of("port 80", "x & y")));
      for (int j = 0; j < i; j++) {
        if (random.nextInt(4) == 0) {
          edges.add(
              new Edge(
                  "s" + i, "s" + j, random.nextBoolean() ? "" : "healthy", random.nextBoolean()));
        }
      }
    }
    return new ServiceGraph("p", nodes, edges);
  }
}
