package dev.jcompose.core.generate;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes Compose files out of the attribute table: same seed, same file. What comes out is usually
 * valid.
 */
final class ModelGenerator {
  /** These need files, other services or each other, and are made by hand or left out. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "extends",
          "env_file",
          "label_file",
          "depends_on",
          "links",
          "volumes_from",
          "network_mode",
          "provider",
          "profiles",
          "container_name",
          "scale",
          "deploy",
          "platform",
          "ipc",
          "pid",
          "uts",
          "use_api_socket");

  private final Random random;

  ModelGenerator(long seed) {
    this.random = new Random(seed);
  }

  Map<String, @Nullable Object> model() {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    Map<String, @Nullable Object> services = new LinkedHashMap<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      services.put("s" + i, service(i));
    }
    model.put("services", services);
    model.put("networks", resources("networks", "front", "back"));
    model.put("volumes", resources("volumes", "data", "more"));
    model.put("secrets", Map.of("token", Map.of("file", "./token.txt")));
    model.put("configs", Map.of("conf", Map.of("content", "x" + text())));
    model.put("models", Map.of("llm", Map.of("model", "ai/small")));
    return model;
  }

  private Map<String, @Nullable Object> service(int index) {
    Map<String, @Nullable Object> service = new LinkedHashMap<>();
    Attribute attribute = AttributeTable.at("services", "*");
    service.put("image", "image" + index);
    for (String key : attribute.keys()) {
      Attribute child = attribute.child(key);
      if (child != null && !LEFT_OUT.contains(key) && random.nextInt(8) == 0) {
        service.put(key, value(child));
      }
    }
    if (index > 0 && random.nextBoolean()) {
      service.put("depends_on", random.nextBoolean() ? List.of("s0") : Map.of("s0", condition()));
    }
    if (random.nextInt(4) == 0) {
      service.put("deploy", value(AttributeTable.at("services", "*", "deploy")));
    }
    repair(service);
    return service;
  }

  private Map<String, @Nullable Object> condition() {
    Map<String, @Nullable Object> condition = new LinkedHashMap<>();
    condition.put("condition", "service_started");
    if (random.nextBoolean()) {
      condition.put("restart", random.nextBoolean());
    }
    return condition;
  }

  private Map<String, @Nullable Object> resources(String section, String... names) {
    Map<String, @Nullable Object> resources = new LinkedHashMap<>();
    for (String name : names) {
      Object value = random.nextBoolean() ? null : map(AttributeTable.at(section, "*"), 4);
      if (value instanceof Map<?, ?> map) {
        map.remove("external");
      }
      resources.put(name, value);
    }
    return resources;
  }

  /** Takes out what the rules forbid side by side. */
  private static void repair(Map<String, @Nullable Object> service) {
    if (service.get("deploy") instanceof Map<?, ?> deploy && deploy.get("resources") != null) {
      List.of("cpus", "mem_limit", "mem_reservation", "pids_limit").forEach(service::remove);
    }
    if (service.get("healthcheck") instanceof Map<?, ?> healthcheck
        && !healthcheck.containsKey("start_period")) {
      healthcheck.remove("start_interval");
    }
    if (service.get("build") instanceof Map<?, ?> build && build.containsKey("dockerfile")) {
      build.remove("dockerfile_inline");
    }
  }

  private @Nullable Object value(Attribute attribute) {
    Object special = special(attribute.path());
    if (special != null) {
      return special;
    }
    return switch (attribute.type()) {
      case TEXT -> choice(attribute);
      case TEXT_OR_NOTHING, SCALAR -> text();
      case SCALAR_OR_NOTHING -> scalar();
      case FLAG -> random.nextBoolean() ? random.nextBoolean() : (Object) "true";
      case WHOLE -> whole(attribute);
      case COUNT -> 1 + random.nextInt(3);
      case NUMBER -> random.nextInt(100) / 4.0;
      case BYTES -> pick("64m", "1g", "1024", "1.5G", "10kb");
      case DURATION -> pick("10s", "1m30s", "500ms", "2h", "90s");
      case MODE -> pick("0440", "0755");
      case TEXTS, SCALARS -> texts(attribute);
      case LIST -> list(attribute);
      case MAP -> map(attribute, 2);
      case NAMED -> named(attribute);
      case ANY -> Map.of("a", 1);
    };
  }

  private @Nullable Object special(String path) {
    return switch (path) {
      case "services.*.ports" ->
          List.of(pick("80", "8080:80", "53:53/udp", "127.0.0.1:90:90", "9000-9002:9000-9002"));
      case "services.*.volumes" ->
          List.of(pick("data:/data", "./a:/a:ro", "/anonymous", "more:/m:nocopy", "~/h:/h"));
      case "services.*.networks" -> random.nextBoolean() ? List.of("front", "back") : attached();
      case "services.*.secrets", "services.*.build.secrets" -> List.of("token");
      case "services.*.configs" -> List.of("conf");
      case "services.*.models" -> List.of("llm");
      case "services.*.devices" -> List.of(pick("/dev/null", "/dev/null:/dev/zero:r"));
      case "services.*.gpus" -> "all";
      case "services.*.restart" -> pick("no", "always", "unless-stopped", "on-failure:3");
      case "services.*.pull_policy" -> pick("always", "never", "missing", "build", "daily");
      case "services.*.pull_refresh_after" -> "24h";
      case "services.*.healthcheck.test" ->
          random.nextBoolean() ? "exit 0" : List.of("CMD", "true");
      case "services.*.extra_hosts", "services.*.build.extra_hosts" ->
          List.of("a=192.0.2.1", "b=::1");
      case "services.*.ulimits", "services.*.build.ulimits" ->
          Map.of("nofile", random.nextBoolean() ? 5 : Map.of("soft", 1, "hard", 2));
      case "services.*.build.context" -> pick(".", "./dir", "https://example.com/a.git");
      case "services.*.build.platforms" -> List.of("linux/amd64");
      case "services.*.build.additional_contexts" -> Map.of("base", "docker-image://x");
      case "services.*.build.ssh" -> List.of("default");
      case "services.*.deploy.replicas" -> 1 + random.nextInt(3);
      case "services.*.mem_swappiness" -> random.nextInt(100);
      case "services.*.develop", "services.*.credential_spec" -> Map.of();
      case "services.*.pre_start", "services.*.post_start", "services.*.pre_stop" ->
          List.of(Map.of("command", "echo hook"));
      default -> null;
    };
  }

  private Object attached() {
    Map<String, @Nullable Object> networks = new LinkedHashMap<>();
    networks.put("front", random.nextBoolean() ? null : Map.of("aliases", List.of("x", "y")));
    return networks;
  }

  private Object choice(Attribute attribute) {
    return attribute.choices().isEmpty()
        ? text()
        : attribute.choices().get(random.nextInt(attribute.choices().size()));
  }

  private Object whole(Attribute attribute) {
    long low = Math.max(attribute.least(), 1);
    long high = Math.min(attribute.most(), 5000);
    long number = low + random.nextInt((int) (high - low));
    return random.nextInt(4) == 0 ? Long.toString(number) : (Object) number;
  }

  private @Nullable Object scalar() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextBoolean();
      case 2 -> null;
      default -> random.nextInt(8) == 0 ? "" : text();
    };
  }

  private List<@Nullable Object> texts(Attribute attribute) {
    List<@Nullable Object> texts = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      texts.add(attribute.unique() ? "item" + i : text());
    }
    return texts;
  }

  private List<@Nullable Object> list(Attribute attribute) {
    Attribute item = attribute.item();
    List<@Nullable Object> list = new ArrayList<>();
    if (item != null) {
      list.add(value(item));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(Attribute attribute, int oneIn) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key : attribute.keys()) {
      Attribute child = attribute.child(key);
      if (child != null && (random.nextInt(oneIn) == 0 || attribute.required().contains(key))) {
        map.put(key, value(child));
      }
    }
    if (map.containsKey("count")) {
      map.remove("device_ids");
    }
    return map;
  }

  private Object named(Attribute attribute) {
    Attribute child = attribute.child("name");
    boolean pairs =
        switch (attribute.shortForm()) {
          case PAIRS, VARIABLES -> random.nextBoolean();
          default -> false;
        };
    if (pairs) {
      return List.of("A=" + text(), "B=" + text());
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count && child != null; i++) {
      map.put(pick("a", "b10", "b9", "C", "d_e", "f.g", "on") + i, value(child));
    }
    return map;
  }

  private String text() {
    return pick(
        "plain",
        "two words",
        "5",
        "true",
        "yes",
        "null",
        "a: b",
        "#x",
        "- x",
        "trailing ",
        " leading",
        "line\nline",
        "line\n",
        "'quoted'",
        "\"double\"",
        "cost $$5",
        "é",
        "<&>",
        "0440",
        "1.50",
        "2020-01-01",
        "a\\b",
        "tab\there");
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
