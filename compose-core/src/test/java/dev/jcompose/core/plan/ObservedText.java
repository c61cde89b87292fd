package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.MountSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.core.port.view.ContainerStatus;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import dev.jcompose.core.port.view.Health;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.port.view.MountView;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.PortView;
import dev.jcompose.core.port.view.VolumeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads observed state from text, one thing a line: {@code container demo-web-1 service=web
 * state=exited hash=old}. Whatever a container's line leaves out is as its service asks for. Images
 * of all services are there unless a line says {@code absent REFERENCE}.
 */
final class ObservedText {
  private final DesiredState desired;
  private final Map<String, NetworkView> networks = new LinkedHashMap<>();
  private final Map<String, VolumeView> volumes = new LinkedHashMap<>();
  private final Map<String, ImageView> images = new LinkedHashMap<>();
  private final List<ContainerView> containers = new ArrayList<>();
  private final List<ContainerView> helpers = new ArrayList<>();
  private final Map<String, Adjustable> adjustables = new HashMap<>();

  private ObservedText(DesiredState desired) {
    this.desired = desired;
  }

  static ObservedState parse(String text, DesiredState desired) {
    ObservedText parser = new ObservedText(desired);
    for (DesiredService service : desired.services().values()) {
      parser.image(service.image().reference(), new Fields(""));
      service
          .template()
          .storage()
          .images()
          .forEach(mount -> parser.image(mount.image(), new Fields("")));
    }
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .forEach(parser::line);
    return new ObservedState(
        desired.project(),
        parser.containers,
        parser.helpers,
        parser.networks,
        parser.volumes,
        parser.images,
        parser.adjustables);
  }

  private void line(String line) {
    String[] words = line.split("\\s+", 3);
    Fields fields = new Fields(words.length > 2 ? words[2] : "");
    switch (words[0]) {
      case "network" -> network(words[1], fields);
      case "volume" -> volume(words[1], fields);
      case "image" -> image(words[1], fields);
      case "absent" -> images.remove(words[1]);
      case "container" -> container(words[1], fields);
      default -> throw new IllegalArgumentException(line);
    }
  }

  private void network(String name, Fields fields) {
    String hash =
        desired.networks().values().stream()
            .filter(network -> network.name().equals(name))
            .map(network -> network.hash())
            .findFirst()
            .orElse("");
    networks.put(
        name,
        new NetworkView(fields.get("id", "net-" + name), name, "bridge", labels(fields, hash)));
  }

  private void volume(String name, Fields fields) {
    String hash =
        desired.volumes().values().stream()
            .filter(volume -> volume.name().equals(name))
            .map(volume -> volume.hash())
            .findFirst()
            .orElse("");
    volumes.put(name, new VolumeView(name, "local", "", labels(fields, hash)));
  }

  /** What the service's container would remember if these attributes had had other values. */
  private static String parts(DesiredService service, List<String> changed, List<String> gone) {
    String parts = service.template().labels().getOrDefault(Labels.CONFIG_PARTS, "");
    for (String name : gone) {
      parts = parts.replaceAll("(^|,)" + name + "=[0-9a-f]{8}", "");
    }
    for (String name : changed) {
      String other = name + "=00000000";
      parts =
          parts.contains(name + "=")
              ? parts.replaceAll("\\b" + name + "=[0-9a-f]{8}", other)
              : parts + "," + other;
    }
    return parts;
  }

  private Map<String, String> labels(Fields fields, String hash) {
    String project = fields.get("project", desired.project());
    return project.equals("-")
        ? Map.of()
        : Map.of(Labels.PROJECT, project, Labels.CONFIG_HASH, fields.get("hash", hash));
  }

  private void image(String reference, Fields fields) {
    images.put(
        reference,
        new ImageView(
            fields.get("id", "sha256:" + reference),
            List.of(reference),
            Set.copyOf(fields.list("volumes", List.of())),
            Map.of(),
            1,
            "amd64",
            "linux",
            fields.has("healthcheck"),
            null));
  }

  private void container(String name, Fields fields) {
    String serviceName = fields.get("service", "");
    DesiredService service = desired.services().get(serviceName);
    String reference = service == null ? "gone" : service.image().reference();
    ImageView image = images.get(reference);
    Map<String, String> labels = new HashMap<>();
    labels.put(Labels.PROJECT, desired.project());
    labels.put(Labels.SERVICE, serviceName);
    labels.put(Labels.CONFIG_HASH, fields.get("hash", service == null ? "x" : service.hash()));
    if (service != null && (fields.has("changed") || fields.has("gone"))) {
      labels.put(Labels.CONFIG_HASH, "old");
      labels.put(
          Labels.CONFIG_PARTS,
          parts(service, fields.list("changed", List.of()), fields.list("gone", List.of())));
    }
    labels.put(
        Labels.IMAGE_VOLUMES,
        fields.get(
            "image_volumes",
            service == null ? "" : MountedImages.remembered(service.template(), images)));
    labels.put(Labels.REPLACES, fields.get("replace", ""));
    labels.put(Labels.ONE_OFF, fields.has("oneoff") ? "True" : "False");
    labels.put(Labels.DEPENDS_ON, fields.get("depends_on", ""));
    if (!fields.has("oneoff")) {
      labels.put(Labels.NUMBER, fields.get("number", name.substring(name.lastIndexOf('-') + 1)));
    }
    if (fields.has("memory")) {
      adjustables.put(
          fields.get("id", "id-of-" + name),
          new Adjustable(
              0,
              0,
              0,
              0,
              "",
              Long.parseLong(fields.get("memory", "0")),
              0,
              0,
              0,
              new RestartSpec(fields.get("restart", "no"), 0)));
    }
    if (fields.has("hook")) {
      labels.put(Labels.HOOK, fields.get("hook", ""));
    }
    (fields.has("hook") ? helpers : containers)
        .add(
            new ContainerView(
                fields.get("id", "id-of-" + name),
                name,
                reference,
                fields.get("image", image == null ? "sha256:gone" : image.id()),
                "",
                Instant.EPOCH,
                ContainerStatus.parse(fields.get("state", "running")),
                "",
                Health.parse(fields.get("health", "none")),
                Integer.parseInt(fields.get("exit", "0")),
                labels,
                fields.list("ports", List.of()).stream().map(ObservedText::port).toList(),
                mounts(fields, service),
                fields.get("mode", ""),
                endpoints(fields, service)));
  }

  /** {@code 8080:80/tcp}. */
  private static PortView port(String text) {
    String[] parts = text.split("[:/]", -1);
    return new PortView(
        "0.0.0.0", Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
  }

  /** {@code name:/target}. */
  private static List<MountView> mounts(Fields fields, @Nullable DesiredService service) {
    List<String> wanted = new ArrayList<>();
    if (service != null) {
      for (MountSpec mount : service.template().storage().mounts()) {
        if (mount instanceof MountSpec.Volume volume && volume.name() != null) {
          wanted.add(volume.name() + ":" + volume.target());
        }
      }
    }
    return fields.list("volumes", wanted).stream()
        .map(text -> text.split(":", 2))
        .map(parts -> new MountView("volume", parts[0], "/v/" + parts[0], parts[1], true))
        .toList();
  }

  private List<EndpointView> endpoints(Fields fields, @Nullable DesiredService service) {
    List<String> wanted =
        service == null
            ? List.of()
            : service.template().networking().endpoints().stream()
                .map(EndpointSpec::network)
                .toList();
    return fields.list("networks", wanted).stream()
        .map(text -> text.split("=", 2))
        .map(
            parts -> {
              NetworkView network = networks.get(parts[0]);
              String id = network == null ? "gone" : network.id();
              return new EndpointView(
                  parts[0], parts.length > 1 ? parts[1] : id, "", "", List.of());
            })
        .toList();
  }

  /**
   * {@code key=value} and bare words; lists are separated by commas, {@code -} is the empty one.
   */
  private record Fields(Map<String, String> values) {
    Fields(String text) {
      this(new HashMap<>());
      for (String word : text.isBlank() ? new String[0] : text.split("\\s+", -1)) {
        int equals = word.indexOf('=');
        values.put(
            equals < 0 ? word : word.substring(0, equals),
            equals < 0 ? "" : word.substring(equals + 1));
      }
    }

    boolean has(String key) {
      return values.containsKey(key);
    }

    String get(String key, String fallback) {
      return values.getOrDefault(key, fallback);
    }

    List<String> list(String key, List<String> fallback) {
      String value = values.get(key);
      if (value == null) {
        return fallback;
      }
      return value.equals("-") ? List.of() : Arrays.asList(value.split(",", -1));
    }
  }
}
