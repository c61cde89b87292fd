package dev.jcompose.cli.command.look;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Command;
import dev.jcompose.cli.command.Moment;
import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.engine.api.json.Json;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code events}: what happens to the project's containers, until Ctrl-C or {@code --until}. */
public final class EventsCommand implements Command {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final List<String> OURS = List.of("com.docker.compose.", "dev.jcompose.");

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("One JSON object on a line for each.", "--json")
        .text(
            "TIME",
            "Begin with what happened since TIME, such as 10m for ten minutes ago.",
            "--since")
        .text("TIME", "End at TIME.", "--until")
        .operands("SERVICE", "0..*", "Only these services.");
  }

  @Override
  public int run(Arguments arguments, Session session) throws Exception {
    boolean json = arguments.flag("--json");
    List<String> services = arguments.operands();
    ProjectContext context = ProjectContext.of(session, List.of());
    EventRequest request =
        new EventRequest(
            List.of(Labels.PROJECT + "=" + context.name()),
            List.of("container"),
            List.of(),
            Moment.of(arguments, "--since"),
            Moment.of(arguments, "--until"));
    ZoneId zone = ZoneId.systemDefault();
    try (Engine engine = session.engine();
        EventReader events = engine.events(request)) {
      if (!services.isEmpty()) {
        // Only to find out about a service that nobody knows.
        context.containers(engine, services, true);
      }
      for (EngineEvent event = events.next(); event != null; event = events.next()) {
        String service = event.attributes().getOrDefault(Labels.SERVICE, "");
        boolean oneOff = "True".equals(event.attributes().get(Labels.ONE_OFF));
        if (!oneOff && (services.isEmpty() || services.contains(service))) {
          session.out().println(json ? json(event, service, zone) : text(event, zone) + "\n");
          session.out().flush();
        }
      }
    }
    return ExitCode.OK.code();
  }

  private static String text(EngineEvent event, ZoneId zone) {
    return TIME.format(event.at().atZone(zone))
        + " container "
        + event.action()
        + " "
        + event.id()
        + " ("
        + attributes(event).entrySet().stream()
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(", "))
        + ")";
  }

  private static String json(EngineEvent event, String service, ZoneId zone) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("action", event.action());
    fields.put("attributes", attributes(event));
    fields.put("id", event.id());
    fields.put("service", service);
    fields.put("time", event.at().atZone(zone).toOffsetDateTime().toString());
    fields.put("type", "container");
    return Json.print(fields);
  }

  private static Map<String, String> attributes(EngineEvent event) {
    Map<String, String> attributes = new TreeMap<>(event.attributes());
    attributes.keySet().removeIf(key -> OURS.stream().anyMatch(key::startsWith));
    return attributes;
  }
}
