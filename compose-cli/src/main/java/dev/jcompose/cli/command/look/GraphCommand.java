package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.CommandGroup;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.graph.DotGraph;
import dev.jcompose.cli.render.graph.MermaidGraph;
import dev.jcompose.cli.render.graph.ServiceGraph;
import dev.jcompose.cli.render.graph.ServiceGraph.Detail;
import dev.jcompose.cli.render.graph.SvgGraph;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.problem.ComposeException;
import java.util.ArrayList;
import java.util.List;

/** {@code graph}, and {@code alpha viz} as docker compose calls the same. */
public final class GraphCommand implements Command {
  private static final int MOST_SPACES = 16;

  private final boolean viz;

  private GraphCommand(boolean viz) {
    this.viz = viz;
  }

  /** {@code graph}. */
  public static Command graph() {
    return new GraphCommand(false);
  }

  /** {@code alpha}. */
  public static Command alpha() {
    return new CommandGroup(
        "jcompose alpha",
        List.of(
            new CommandGroup.Member(
                "viz", "Print the services as a graph for Graphviz", () -> new GraphCommand(true))),
        List.of("jcompose graph draws more kinds of pictures."));
  }

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("Write images into the boxes.", "--image")
        .flag("Write ports into the boxes.", "--ports")
        .flag("Write networks into the boxes.", "--networks");
    if (viz) {
      syntax
          .flag("Indent with spaces; otherwise tabs do it.", "--spaces")
          .number("N", "How many of them for each level.", "--indentation-size");
    } else {
      syntax
          .text("FORMAT", "dot (Graphviz), mermaid or svg.", "--format")
          .operands("SERVICE", "0..*", "Only these services and what they need.");
    }
  }

  @Override
  public int run(Arguments arguments, Session session) throws ComposeException {
    List<Detail> details = new ArrayList<>();
    if (arguments.flag("--image")) {
      details.add(Detail.IMAGE);
    }
    if (arguments.flag("--ports")) {
      details.add(Detail.PORTS);
    }
    if (arguments.flag("--networks")) {
      details.add(Detail.NETWORKS);
    }
    String format = viz ? "dot" : arguments.text("--format", "dot");
    if (!List.of("dot", "mermaid", "svg").contains(format)) {
      throw UserError.usage("--format \"" + format + "\" is not known; write dot, mermaid or svg");
    }
    String indent = viz ? indent(arguments) : "  ";
    ServiceGraph graph =
        ServiceGraph.of(ProjectContext.load(session, arguments.operands()), details);
    session
        .out()
        .print(
            switch (format) {
              case "mermaid" -> MermaidGraph.of(graph);
              case "svg" -> SvgGraph.of(graph);
              default -> DotGraph.of(graph, indent);
            });
    return ExitCode.OK.code();
  }

  private static String indent(Arguments arguments) {
    Integer size = arguments.number("--indentation-size");
    if (size != null && (size < 0 || size > MOST_SPACES)) {
      throw UserError.usage(
          "--indentation-size " + size + " is out of bounds; write 0 to " + MOST_SPACES);
    }
    return (arguments.flag("--spaces") ? " " : "\t").repeat(size == null ? 1 : size);
  }
}
