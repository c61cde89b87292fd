package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.render.table.Ports;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.PortView;
import java.util.List;

/** {@code port}: where a port of a container can be reached on this machine. */
public final class PortCommand implements Command {
  @Override
  public void describe(Syntax syntax) {
    syntax
        .number("N", "Which replica, counted from 1.", "--index")
        .text("PROTOCOL", "tcp or udp; tcp without it.", "--protocol")
        .operands("SERVICE PORT", "2", "The service and the port inside its container.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    String service = arguments.operands().get(0);
    int port = port(arguments.operands().get(1));
    String protocol = arguments.text("--protocol", "tcp");
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      throw UserError.usage("--protocol \"" + protocol + "\" is not known; write tcp or udp");
    }
    ProjectContext context = ProjectContext.of(session, List.of());
    try (Engine engine = session.engine()) {
      ContainerView container = context.replica(engine, service, arguments.replica());
      List<PortView> published =
          container.ports().stream()
              .filter(p -> p.hostPort() > 0)
              .filter(p -> p.containerPort() == port && p.protocol().equals(protocol))
              .toList();
      if (published.isEmpty()) {
        String known = Ports.of(container.ports());
        throw new UserError(
            ExitCode.FAILURE,
            container.name()
                + " publishes no port "
                + port
                + "/"
                + protocol
                + "; "
                + (known.isEmpty()
                    ? "add it under ports: in the Compose file"
                    : "it has " + known));
      }
      PortView first = published.get(0);
      String address = first.hostAddress();
      session
          .out()
          .println(
              (address.contains(":") ? "[" + address + "]" : address) + ":" + first.hostPort());
      return ExitCode.OK.code();
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // The sentence below tells.
    }
    throw UserError.usage("\"" + text + "\" is not a port; write a number from 1 to 65535");
  }
}
