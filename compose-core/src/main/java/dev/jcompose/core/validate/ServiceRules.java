package dev.jcompose.core.validate;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.project.network.PortRange;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules inside one service that its types alone do not say. */
final class ServiceRules {
  private final Problems problems;
  private final String path;
  private final YamlMap service;
  private final PublishedPorts published;

  /**
   * Makes the check of one service.
   *
   * @param published the host ports of the services before, with their paths; those of this one are
   *     added
   */
  ServiceRules(Problems problems, String path, YamlMap service, PublishedPorts published) {
    this.problems = problems;
    this.path = path;
    this.service = service;
    this.published = published;
  }

  void check() {
    exclusive();
    equal("scale", "deploy.replicas");
    equal("cpus", "deploy.resources.limits.cpus");
    equal("mem_limit", "deploy.resources.limits.memory");
    equal("mem_reservation", "deploy.resources.reservations.memory");
    equal("pids_limit", "deploy.resources.limits.pids");
    oneContainer();
    healthcheck();
    ports();
    targets();
    watch();
    platforms();
    requests();
  }

  private void exclusive() {
    YamlMap networks = service.map("networks");
    if (service.get("network_mode") instanceof YamlScalar mode
        && !mode.string().isEmpty()
        && networks != null
        && !networks.isEmpty()) {
      add(
          mode,
          "network_mode",
          "a service has either a network mode or networks",
          "remove \"network_mode\" or \"networks\"");
    }
    YamlMap build = service.map("build");
    if (build != null
        && build.get("dockerfile_inline") instanceof YamlScalar inline
        && build.has("dockerfile")) {
      add(
          inline,
          "build.dockerfile_inline",
          "the Dockerfile is given twice",
          "remove \"dockerfile\" or \"dockerfile_inline\"");
    }
  }

  private void equal(String plain, String deep) {
    YamlNode one = service.get(plain);
    YamlNode other = find(deep);
    if (one instanceof YamlScalar a
        && other instanceof YamlScalar b
        && !a.isNull()
        && !a.string().equals(b.string())) {
      add(
          a,
          plain,
          a.text() + " here, but " + b.text() + " in " + deep + " (" + b.location() + ")",
          "give one of the two");
    }
  }

  private @Nullable YamlNode find(String dotted) {
    YamlNode node = service;
    for (String key : dotted.split("\\.", -1)) {
      node = node instanceof YamlMap map ? map.get(key) : null;
    }
    return node;
  }

  private void oneContainer() {
    YamlNode scale = scale();
    long count = count();
    if (service.has("container_name") && scale != null && count > 1) {
      add(
          scale,
          "container_name",
          "one name cannot serve " + count + " containers",
          "remove \"container_name\"");
    }
  }

  private @Nullable YamlNode scale() {
    return service.has("scale") ? service.get("scale") : find("deploy.replicas");
  }

  /** How many containers, as far as the files say. */
  private long count() {
    return scale() instanceof YamlScalar scalar && scalar.value() instanceof Long count ? count : 1;
  }

  private void healthcheck() {
    YamlMap healthcheck = service.map("healthcheck");
    if (healthcheck == null) {
      return;
    }
    YamlList test = healthcheck.list("test");
    if (test != null && !test.isEmpty() && test.get(0) instanceof YamlScalar first) {
      switch (first.string()) {
        case "CMD", "CMD-SHELL", "NONE" -> {}
        default ->
            add(
                first,
                "healthcheck.test",
                "\"" + first.string() + "\" is not a way to test",
                "start the list with CMD, CMD-SHELL or NONE");
      }
    }
    if (healthcheck.has("start_interval") && !healthcheck.has("start_period")) {
      YamlNode interval = healthcheck.get("start_interval");
      add(
          interval == null ? healthcheck : interval,
          "healthcheck.start_interval",
          "an interval of the start period needs a start period",
          "add \"start_period\"");
    }
  }

  private void ports() {
    int index = 0;
    for (YamlNode item : items(service.list("ports"))) {
      String at = "ports[" + index++ + "]";
      if (!(item instanceof YamlMap port)) {
        continue;
      }
      String number = port.string("published");
      if (number == null || number.isEmpty()) {
        continue;
      }
      if (PortRange.parse(number) == null) {
        add(
            port,
            at + ".published",
            "\"" + number + "\" is not a port number or range",
            "write a number from 1 to 65535, or 8000-8010");
      } else if (number.indexOf('-') < 0) {
        String key = number + "/" + port.string("protocol");
        String other = published.add(port.string("host_ip"), key, path + "." + at);
        long count = count();
        if (count > 1) {
          problems.warn(
              port.location(),
              path + "." + at,
              "the host port "
                  + number
                  + " can serve one of "
                  + count
                  + " containers only; leave it out, or give a range");
        }
        if (other != null) {
          problems.warn(
              port.location(),
              path + "." + at,
              "the host port " + number + " is published twice, here and by " + other);
        }
      }
    }
  }

  private void targets() {
    Map<String, String> seen = new HashMap<>();
    int index = 0;
    for (YamlNode item : items(service.list("tmpfs"))) {
      if (item instanceof YamlScalar scalar) {
        String text = scalar.string();
        int colon = text.indexOf(':');
        seen.put(colon < 0 ? text : text.substring(0, colon), "tmpfs[" + index + "]");
      }
      index++;
    }
    index = 0;
    for (YamlNode item : items(service.list("volumes"))) {
      String at = "volumes[" + index++ + "]";
      if (!(item instanceof YamlMap mount)) {
        continue;
      }
      String target = mount.string("target");
      if (target == null || target.isEmpty()) {
        add(mount, at + ".target", "it is empty", "write the path in the container");
        continue;
      }
      String other = seen.putIfAbsent(target, at);
      if (other != null) {
        add(
            mount,
            at,
            "\"" + target + "\" is already mounted by " + other,
            "choose another target");
      }
      if ("bind".equals(mount.string("type")) && mount.string("source") == null) {
        add(mount, at, "\"source\" is missing", "add the path on the host");
      }
    }
  }

  private void watch() {
    YamlMap develop = service.map("develop");
    int index = 0;
    for (YamlNode item : items(develop == null ? null : develop.list("watch"))) {
      String at = "develop.watch[" + index++ + "]";
      if (item instanceof YamlMap rule) {
        String action = rule.string("action");
        if (action != null && action.startsWith("sync") && !rule.has("target")) {
          add(rule, at, "\"target\" is missing", "say where in the container to copy to");
        }
      }
    }
  }

  private void platforms() {
    YamlMap build = service.map("build");
    YamlList platforms = build == null ? null : build.list("platforms");
    if (platforms == null
        || platforms.isEmpty()
        || !(service.get("platform") instanceof YamlScalar platform)) {
      return;
    }
    for (YamlNode item : platforms) {
      if (item instanceof YamlScalar scalar && scalar.string().equals(platform.string())) {
        return;
      }
    }
    add(
        platform,
        "platform",
        "\"" + platform.string() + "\" is not among the platforms that are built",
        "add it to \"build.platforms\"");
  }

  private void requests() {
    requests(service.list("gpus"), "gpus");
    requests(
        find("deploy.resources.reservations.devices") instanceof YamlList list ? list : null,
        "deploy.resources.reservations.devices");
  }

  private void requests(@Nullable YamlList list, String key) {
    int index = 0;
    for (YamlNode item : items(list)) {
      if (item instanceof YamlMap request && request.has("count") && request.has("device_ids")) {
        add(
            request,
            key + "[" + index + "]",
            "devices are asked for by number and by id",
            "remove \"count\" or \"device_ids\"");
      }
      index++;
    }
  }

  private static Iterable<YamlNode> items(@Nullable YamlList list) {
    return list == null ? List.of() : list;
  }

  private void add(YamlNode at, String key, String text, String nextMove) {
    problems.add(at.location(), path + "." + key, text, nextMove);
  }
}
