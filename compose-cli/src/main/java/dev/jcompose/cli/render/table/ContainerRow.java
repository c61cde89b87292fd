package dev.jcompose.cli.render.table;

import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.MountView;
import dev.jcompose.core.port.view.PortView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A container as {@code ps} shows it. The names of the fields are those of docker compose. */
public record ContainerRow(ContainerView container, Instant now, boolean truncates) {
  private static final int COMMAND_WIDTH = 20;
  private static final int SHORT_ID = 12;
  private static final DateTimeFormatter CREATED_AT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z z", Locale.ROOT);

  /** The id, twelve digits of it unless everything is to be shown. */
  public String id() {
    String id = container.id();
    return truncates && id.length() > SHORT_ID ? id.substring(0, SHORT_ID) : id;
  }

  /** The service it belongs to. */
  public String service() {
    return container.label("com.docker.compose.service");
  }

  String command() {
    String command = container.command();
    if (truncates && command.length() > COMMAND_WIDTH) {
      command = command.substring(0, COMMAND_WIDTH - 1) + "…";
    }
    return "\"" + command + "\"";
  }

  String runningFor() {
    return Age.of(Duration.between(container.created(), now)) + " ago";
  }

  /** All fields, in docker compose's order and types, ready to be printed as JSON. */
  public Map<String, Object> fields(ZoneId zone) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Command", command());
    fields.put("CreatedAt", CREATED_AT.format(container.created().atZone(zone)));
    fields.put("ExitCode", container.exitCode());
    fields.put("Health", container.health() == Health.NONE ? "" : container.health().toString());
    fields.put("ID", id());
    fields.put("Image", container.image());
    fields.put(
        "Labels",
        container.labels().entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .sorted()
            .collect(Collectors.joining(",")));
    fields.put(
        "LocalVolumes",
        Long.toString(
            container.mounts().stream().filter(mount -> mount.type().equals("volume")).count()));
    fields.put(
        "Mounts",
        container.mounts().stream().map(ContainerRow::mountName).collect(Collectors.joining(",")));
    fields.put("Name", container.name());
    fields.put("Names", container.name());
    fields.put(
        "Networks",
        container.endpoints().stream()
            .map(EndpointView::network)
            .sorted()
            .collect(Collectors.joining(",")));
    fields.put("Ports", Ports.of(container.ports()));
    fields.put("Project", container.label("com.docker.compose.project"));
    fields.put(
        "Publishers",
        container.ports().stream()
            .sorted(
                Comparator.comparingInt(PortView::containerPort)
                    .thenComparing(PortView::protocol)
                    .thenComparing(PortView::hostAddress))
            .map(ContainerRow::publisher)
            .toList());
    fields.put("RunningFor", runningFor());
    fields.put("Service", service());
    fields.put("Size", "0B");
    fields.put("State", container.status().toString());
    fields.put("Status", container.statusText());
    return fields;
  }

  private static String mountName(MountView mount) {
    return mount.name().isEmpty() ? mount.source() : mount.name();
  }

  private static Map<String, Object> publisher(PortView port) {
    Map<String, Object> publisher = new LinkedHashMap<>();
    publisher.put("URL", port.hostAddress());
    publisher.put("TargetPort", port.containerPort());
    publisher.put("PublishedPort", port.hostPort());
    publisher.put("Protocol", port.protocol());
    return publisher;
  }
}
