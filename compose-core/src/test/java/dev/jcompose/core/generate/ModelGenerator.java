package dev.jcompose.core.generate;

import dev.jcompose.core.attribute.Attribute;
import dev.jcompose.core.attribute.AttributeTable;
import dev.jcompose.core.attribute.Type;
import java.util.ArrayList;
import java.util.HashSet;
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
  private static final Samples SAMPLES = new Samples();

  private static final List<String> TEXTS =
      List.of(
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
          "22:22",
          "a\\b",
          "tab\there",
          "",
          "a=b",
          "~",
          "{x}",
          "[y]",
          "*z",
          "%p");

  /** Only one of each group may stand in a service. */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(
          Set.of("network_mode", "networks"),
          Set.of("network_mode", "mac_address"),
          Set.of("scale", "container_name"),
          Set.of("scale", "deploy"),
          Set.of("cpus", "deploy"),
          Set.of("mem_limit", "deploy"),
          Set.of("mem_reservation", "deploy"),
          Set.of("pids_limit", "deploy"),
          Set.of("container_name", "deploy"),
          Set.of("image", "provider"),
          Set.of("provider", "networks"),
          Set.of("provider", "build"));

  private final Random random;
  private final Set<String> without;
  // Files that are laid over each other must choose the same of what may not stand side by side.
  private final Set<String> avoided = new HashSet<>();
  private final Set<String> declared = new HashSet<>();
  private final Set<String> external = new HashSet<>();
  private boolean firstIsBuilt;

  /**
   * Makes a generator for one project.
   *
   * @param without paths of attributes, or {@code path = value}, that are left out
   */
  ModelGenerator(Random random, Set<String> without) {
    this.random = random;
    this.without = without;
    if (random.nextInt(8) > 0) {
      for (Set<String> group : ALTERNATIVES) {
        List<String> names = new ArrayList<>(group);
        names.sort(null);
        if (avoided.stream().noneMatch(group::contains)) {
          avoided.add(names.get(random.nextInt(names.size())));
        }
      }
    }
    if (random.nextInt(4) > 0) {
      // Whoever extends it has the same name.
      avoided.add("container_name");
    }
  }

  /** A whole file: services that use networks, volumes, secrets, configs and models of its own. */
  Map<String, @Nullable Object> model() {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    Map<String, @Nullable Object> services = new LinkedHashMap<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> service = service(i, 8);
      if (!service.containsKey("build") || random.nextBoolean()) {
        service.putIfAbsent("image", "image" + i);
      }
      services.put("s" + i, service);
      firstIsBuilt |= i == 0 && service.get("build") instanceof Map<?, ?>;
    }
    if (random.nextInt(8) == 0) {
      model.put("version", "3.8");
    }
    if (random.nextInt(8) == 0) {
      model.put("name", "given");
    }
    model.put("services", services);
    model.put("networks", resources("networks", "front", "back"));
    model.put("volumes", resources("volumes", "data", "more"));
    model.put("secrets", files("secrets", "token", "key"));
    model.put("configs", files("configs", "conf", "other"));
    if (isWanted("models")) {
      model.put("models", Map.of("llm", map(AttributeTable.at("models", "*"), 2)));
    }
    if (random.nextInt(8) == 0) {
      model.put("x-own", extension());
    }
    return model;
  }

  /**
   * A part of a file that is laid over another one.
   *
   * @param services how many services the other has
   */
  Map<String, @Nullable Object> override(int services) {
    Map<String, @Nullable Object> model = new LinkedHashMap<>();
    Map<String, @Nullable Object> changed = new LinkedHashMap<>();
    for (int i = 0; i < services; i++) {
      if (random.nextInt(3) > 0) {
        changed.put("s" + i, service(i, 12));
      }
    }
    model.put("services", changed);
    if (random.nextInt(4) == 0) {
      model.put("networks", resources("networks", "front"));
    }
    if (random.nextInt(4) == 0) {
      model.put("volumes", resources("volumes", "data"));
    }
    return model;
  }

  /**
   * One service.
   *
   * @param index services with lower ones may be named in it
   * @param oneIn how rare an attribute is
   */
  Map<String, @Nullable Object> service(int index, int oneIn) {
    Map<String, @Nullable Object> service = new LinkedHashMap<>();
    Attribute attribute = AttributeTable.at("services", "*");
    for (String key : attribute.keys()) {
      Attribute child = attribute.child(key);
      if (child != null
          && !key.equals("extends")
          && !avoided.contains(key)
          && isWanted(child.path())
          && rarely(key, oneIn)) {
        service.put(key, value(child));
      }
    }
    if (random.nextInt(10) == 0) {
      service.put("x-own", extension());
    }
    if (index == 0) {
      service.values().removeIf(value -> FlowText.of(value).contains("s0"));
    }
    for (Set<String> group : ALTERNATIVES) {
      if (service.keySet().containsAll(group)) {
        List<String> names = new ArrayList<>(group);
        names.sort(null);
        service.remove(names.get(random.nextInt(names.size())));
      }
    }
    repair(service);
    return service;
  }

  /** A provider turns a service into something else, so it must not be in every eighth. */
  private boolean rarely(String key, int oneIn) {
    return random.nextInt(key.equals("provider") ? oneIn * 4 : oneIn) == 0;
  }

  /** Whether a value, and each in it, is one to try. */
  private boolean isWanted(@Nullable Attribute attribute, @Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .allMatch(
                  entry ->
                      isWanted(
                          attribute == null
                              ? null
                              : attribute.child(String.valueOf(entry.getKey())),
                          entry.getValue()));
      case List<?> list ->
          list.stream()
              .allMatch(item -> isWanted(attribute == null ? null : attribute.item(), item));
      case String text -> attribute == null || isWanted(attribute.path() + " = " + text);
      case null, default -> true;
    };
  }

  private boolean isWanted(String path) {
    return !without.contains(path);
  }

  private Map<String, @Nullable Object> resources(String section, String... names) {
    Map<String, @Nullable Object> resources = new LinkedHashMap<>();
    for (String name : names) {
      Object value =
          switch (random.nextInt(6)) {
            case 0, 1 -> null;
            case 2 -> external(name);
            default -> map(AttributeTable.at(section, "*"), 4);
          };
      if (value instanceof Map<?, ?> map && random.nextInt(10) != 0 && map.size() > 1) {
        map.remove("external");
      }
      // Nothing may be laid over what is external.
      String path = section + "." + name;
      boolean again = !declared.add(path);
      boolean elsewhere = value instanceof Map<?, ?> map && map.containsKey("external");
      if (elsewhere && !again) {
        external.add(path);
      }
      resources.put(name, again && (elsewhere || external.contains(path)) ? null : value);
    }
    return resources;
  }

  private Map<String, @Nullable Object> external(String name) {
    Map<String, @Nullable Object> external = new LinkedHashMap<>();
    if (random.nextInt(4) == 0) {
      external.put("external", Map.of("name", name + "-elsewhere"));
    } else {
      external.put("external", random.nextBoolean());
      if (random.nextBoolean()) {
        external.put("name", name + "-elsewhere");
      }
    }
    return external;
  }

  private Map<String, @Nullable Object> files(String section, String... names) {
    Map<String, @Nullable Object> files = new LinkedHashMap<>();
    for (String name : names) {
      Map<String, @Nullable Object> file = map(AttributeTable.at(section, "*"), 6);
      List<String> sources = new ArrayList<>(List.of("file", "environment"));
      if (section.equals("configs")) {
        sources.add("content");
      }
      file.keySet().removeAll(Set.of("file", "environment", "content", "external"));
      String source = sources.get(random.nextInt(sources.size()));
      switch (source) {
        case "file" -> file.put("file", pick("./token.txt", "/abs/token", "~/token"));
        case "environment" -> file.put("environment", pick("TEXT", "UNSET"));
        // Empty content is not printed, so it could not be read back.
        default -> file.put("content", "x" + text());
      }
      if (random.nextInt(10) == 0) {
        file.remove(source);
        file.put("external", true);
      }
      files.put(name, file);
    }
    return files;
  }

  private Map<String, @Nullable Object> extension() {
    Map<String, @Nullable Object> extension = new LinkedHashMap<>();
    extension.put("text", text());
    extension.put("deep", List.of(Map.of("b", text(), "a", 1)));
    return extension;
  }

  /** Takes out what the rules forbid side by side. */
  private void repair(Map<String, @Nullable Object> service) {
    if (!firstIsBuilt
        && service.get("build") instanceof Map<?, ?> build
        && FlowText.of(build.get("additional_contexts")).contains("service:s0")) {
      build.remove("additional_contexts");
    }
    if (service.get("healthcheck") instanceof Map<?, ?> healthcheck
        && !healthcheck.containsKey("start_period")) {
      healthcheck.remove("start_interval");
    }
    if (service.get("build") instanceof Map<?, ?> build && build.containsKey("dockerfile")) {
      build.remove("dockerfile_inline");
    }
    if (service.get("build") instanceof Map<?, ?> build && build.containsKey("platforms")) {
      service.remove("platform");
    }
  }

  private @Nullable Object value(Attribute attribute) {
    List<@Nullable Object> samples =
        SAMPLES.of(attribute.path()).stream().filter(each -> isWanted(attribute, each)).toList();
    if (!samples.isEmpty() && (attribute.type() != Type.MAP || random.nextInt(4) == 0)) {
      return wanted(samples.get(random.nextInt(samples.size())), attribute);
    }
    return switch (attribute.type()) {
      case TEXT -> choice(attribute);
      case TEXT_OR_NOTHING, SCALAR -> text();
      case TEXT_OR_NUMBER -> random.nextInt(4) == 0 ? (Object) random.nextInt(1000) : text();
      case TEXT_OR_FLAG -> random.nextBoolean() ? text() : flag();
      case SCALAR_OR_NOTHING -> scalar();
      case FLAG -> flag();
      case WHOLE -> whole(attribute);
      case COUNT -> 1 + random.nextInt(3);
      case NUMBER -> number(attribute);
      case BYTES -> pick("64m", "1g", "1024", "1.5G", "10kb");
      case DURATION -> pick("10s", "1m30s", "500ms", "2h", "90s", "1.5s", "0s", "1h0m1s");
      case MODE -> new FlowText.Plain(pick("0440", "0755", "400"));
      case TEXTS, SCALARS -> texts(attribute);
      case LIST -> list(attribute);
      case MAP -> map(attribute, 2);
      case NAMED -> named(attribute);
      case ANY -> extension();
    };
  }

  /** A copy of a sample that the repairs may change, without attributes that are not wanted. */
  private @Nullable Object wanted(@Nullable Object value, @Nullable Attribute attribute) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, below) -> {
              Attribute child = attribute == null ? null : attribute.child(String.valueOf(key));
              if (child == null || isWanted(child.path())) {
                copy.put(String.valueOf(key), wanted(below, child));
              }
            });
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        Attribute item = attribute == null ? null : attribute.item();
        for (Object below : list) {
          if (item == null || isWanted(item.path()) || !(below instanceof Map<?, ?>)) {
            copy.add(wanted(below, item));
          }
        }
        yield copy;
      }
      case null, default -> value;
    };
  }

  private Object flag() {
    return random.nextInt(4) == 0 ? pick("true", "false", "yes", "off") : random.nextBoolean();
  }

  private Object choice(Attribute attribute) {
    List<String> choices =
        attribute.choices().stream().filter(each -> isWanted(attribute, each)).toList();
    return choices.isEmpty() ? text() : choices.get(random.nextInt(choices.size()));
  }

  private Object whole(Attribute attribute) {
    long low = Math.max(attribute.least(), 0);
    long high = Math.min(attribute.most(), 5000);
    long number = low + random.nextInt((int) (high - low));
    return random.nextInt(16) == 0 ? Long.toString(number) : (Object) number;
  }

  private Object number(Attribute attribute) {
    double high = Math.min(attribute.most(), 100);
    double number = Math.rint(random.nextDouble() * high * 4) / 4;
    String text = number == Math.rint(number) ? Long.toString((long) number) : "" + number;
    return random.nextInt(4) == 0 ? text : new FlowText.Plain(text);
  }

  private @Nullable Object scalar() {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextBoolean();
      case 2 -> null;
      case 3 ->
          new FlowText.Plain(pick("0.5", "1e3", "1.50", "12345678901", "-3", "0x1F", "1_000"));
      default -> text();
    };
  }

  private List<@Nullable Object> texts(Attribute attribute) {
    List<@Nullable Object> texts = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      // What is laid over it may not say the same again.
      texts.add(
          attribute.unique()
              ? "item" + (10 * i + random.nextInt(10))
              : random.nextBoolean() ? "item" + i : text());
    }
    return texts;
  }

  private List<@Nullable Object> list(Attribute attribute) {
    Attribute item = attribute.item();
    List<@Nullable Object> list = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    for (int i = 0; item != null && i < count; i++) {
      list.add(value(item));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(Attribute attribute, int oneIn) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key : attribute.keys()) {
      Attribute child = attribute.child(key);
      if (child != null
          && isWanted(child.path())
          && (random.nextInt(oneIn) == 0 || attribute.required().contains(key))) {
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
      return new ArrayList<>(List.of("A=" + text(), "B=" + text()));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count && child != null; i++) {
      map.put(pick("a", "b10", "b9", "C", "d_e", "f.g", "on") + i, value(child));
    }
    return map;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private String pick(String... texts) {
    return texts[random.nextInt(texts.length)];
  }
}
