package dev.jcompose.core.generate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes whole projects: files over files, files that include and extend others, variables, env
 * files, profiles, and the flags to print them with. Same seed, same project.
 */
final class ProjectGenerator {
  private static final List<String> FLAGS =
      List.of(
          "--format json",
          "--format json",
          "--format json",
          "",
          "",
          "--no-interpolate",
          "--no-normalize",
          "--no-path-resolution",
          "--no-consistency",
          "--hash *",
          "--services",
          "--volumes",
          "--images",
          "--profiles");

  private final ModelGenerator models;
  private final Random random;
  private final Map<String, @Nullable Object> files = new LinkedHashMap<>();
  private final List<Object> compose = new ArrayList<>();
  private boolean open;

  private ProjectGenerator(Random random, Set<String> without) {
    this.random = random;
    this.models = new ModelGenerator(random, without);
  }

  /**
   * One project.
   *
   * @param without paths of attributes that are left out
   * @param unhashed those that are left out where hashes are printed
   */
  static GeneratedProject generate(long seed, Set<String> without, Set<String> unhashed) {
    Random random = new Random(seed);
    String flags = FLAGS.get(random.nextInt(FLAGS.size()));
    Set<String> all = new HashSet<>(without);
    if (flags.startsWith("--hash")) {
      all.addAll(unhashed);
    }
    return new ProjectGenerator(random, all).project(flags);
  }

  private GeneratedProject project(String flags) {
    open = flags.equals("--no-interpolate");
    Map<String, @Nullable Object> model = models.model();
    int count = services(model).size();
    List<@Nullable Object> documents = new ArrayList<>();
    documents.add(model);
    compose.add("compose.yaml");
    extend(model);
    include(model);
    if (random.nextInt(8) == 0) {
      documents.add(tagged(models.override(count)));
    }
    files.put("compose.yaml", interpolated(documents));
    if (random.nextInt(3) == 0) {
      compose.add("override.yaml");
      files.put("override.yaml", interpolated(listOf(tagged(models.override(count)))));
    }
    if (random.nextInt(8) == 0) {
      compose.add("more/last.yaml");
      files.put("more/last.yaml", interpolated(listOf(tagged(models.override(count)))));
    }
    files.put("web.env", envFile());
    files.put("more.env", envFile());
    files.put("raw.env", listOf("RAW='kept as it is'", "RAW2=$TEXT"));
    files.put("web.labels", listOf("from.file=yes", "a=from file"));
    if (random.nextInt(3) == 0) {
      files.put(".env", envFile());
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("files", files);
    tree.put("compose", compose);
    tree.put("profiles", profiles());
    tree.put("flags", flags);
    return new GeneratedProject(tree);
  }

  private static List<@Nullable Object> listOf(@Nullable Object... items) {
    return new ArrayList<>(java.util.Arrays.asList(items));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> services(Map<String, @Nullable Object> model) {
    return model.get("services") instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : new LinkedHashMap<>();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> service(
      Map<String, @Nullable Object> model, String name) {
    return services(model).get(name) instanceof Map<?, ?> map
        ? (Map<String, @Nullable Object>) map
        : new LinkedHashMap<>();
  }

  private void extend(Map<String, @Nullable Object> model) {
    if (random.nextInt(3) == 0) {
      services(model).put("base", models.service(0, 12));
      service(model, "base").putIfAbsent("image", "base");
      service(model, "s0")
          .put("extends", random.nextBoolean() ? "base" : Map.of("service", "base"));
    }
    if (random.nextInt(4) == 0) {
      Map<String, @Nullable Object> common = new LinkedHashMap<>();
      Map<String, @Nullable Object> theirs = new LinkedHashMap<>();
      theirs.put("common", models.service(0, 12));
      service(Map.of("services", theirs), "common").putIfAbsent("image", "common");
      if (random.nextInt(3) == 0) {
        theirs.put("deep", models.service(0, 16));
        service(Map.of("services", theirs), "common").put("extends", "deep");
      }
      common.put("services", theirs);
      files.put("shared/common.yaml", interpolated(listOf(common)));
      files.put("shared/web.env", envFile());
      files.put("shared/more.env", envFile());
      files.put("shared/raw.env", listOf("RAW=shared"));
      files.put("shared/web.labels", listOf("from.file=shared"));
      services(model).put("e0", models.service(0, 12));
      service(model, "e0")
          .put("extends", Map.of("file", "shared/common.yaml", "service", "common"));
    }
  }

  private void include(Map<String, @Nullable Object> model) {
    if (random.nextInt(4) != 0) {
      return;
    }
    Map<String, @Nullable Object> included = new LinkedHashMap<>();
    Map<String, @Nullable Object> theirs = new LinkedHashMap<>();
    theirs.put("i0", models.service(0, 12));
    service(Map.of("services", theirs), "i0").putIfAbsent("image", "included");
    included.put("services", theirs);
    for (String section : List.of("networks", "volumes", "secrets", "configs", "models")) {
      if (model.get(section) instanceof Map<?, ?> map) {
        if (random.nextInt(8) > 0) {
          // docker compose takes what it has read from a variable for a second content.
          map = withoutEnvironment(map);
        }
        included.put(section, map);
        // docker compose before 2.40.3 refuses what both declare.
        model.remove(section);
      }
    }
    files.put("part/part.yaml", interpolated(listOf(included)));
    files.put("part/web.env", envFile());
    files.put("part/more.env", envFile());
    files.put("part/raw.env", listOf("RAW=part"));
    files.put("part/web.labels", listOf("from.file=part"));
    if (random.nextBoolean()) {
      files.put("part/.env", envFile());
    }
    List<String> paths = new ArrayList<>(List.of("part/part.yaml"));
    if (random.nextInt(4) == 0) {
      paths.add("part/over.yaml");
      Map<String, @Nullable Object> over = new LinkedHashMap<>();
      over.put("services", Map.of("i0", models.service(0, 16)));
      files.put("part/over.yaml", interpolated(listOf(over)));
    }
    Map<String, @Nullable Object> entry = new LinkedHashMap<>();
    entry.put("path", paths);
    if (random.nextInt(3) == 0) {
      entry.put("project_directory", random.nextBoolean() ? "." : "part");
    }
    if (random.nextInt(3) == 0) {
      entry.put("env_file", random.nextBoolean() ? "more.env" : listOf("web.env", "more.env"));
    }
    Object written = entry.size() == 1 && paths.size() == 1 ? paths.getFirst() : entry;
    model.put("include", listOf(written));
  }

  private static Map<?, ?> withoutEnvironment(Map<?, ?> resources) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    resources.forEach(
        (name, value) ->
            copy.put(
                String.valueOf(name),
                value instanceof Map<?, ?> map && map.containsKey("environment")
                    ? Map.of("file", "./other.txt")
                    : value));
    return copy;
  }

  /** Puts tags before some values of services. */
  private Map<String, @Nullable Object> tagged(Map<String, @Nullable Object> model) {
    services(model)
        .replaceAll(
            (name, service) -> {
              if (service instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> made = new LinkedHashMap<>();
                map.forEach(
                    (key, value) ->
                        made.put(
                            String.valueOf(key),
                            switch (random.nextInt(16)) {
                              case 0 -> new FlowText.Tagged("!reset", null);
                              case 1 ->
                                  value == null ? null : new FlowText.Tagged("!override", value);
                              default -> value;
                            }));
                return made;
              }
              return service;
            });
    return model;
  }

  private List<Object> profiles() {
    List<Object> profiles = new ArrayList<>();
    if (random.nextInt(3) > 0) {
      profiles.add("*");
    } else if (random.nextBoolean()) {
      profiles.add("item0");
    }
    return profiles;
  }

  private List<@Nullable Object> envFile() {
    List<@Nullable Object> lines = new ArrayList<>();
    List<String> choices =
        List.of(
            "PLAIN=value",
            "QUOTED='single # $TEXT'",
            "DOUBLE=\"double \\\"x\\\" ${TEXT}\"",
            "NUMBER=8",
            "# a comment",
            "TEXT=from a file",
            "FROM=${TEXT:-none} $NUMBER",
            "UNSET_IN=$NOBODY",
            "COMMENTED=x # y",
            "export EXPORTED=1",
            "SPACED = y ",
            "EMPTY_HERE=",
            "NUMBER",
            "COLON: value",
            "A=from a file",
            "",
            "DOLLAR=\"a$$b\"",
            "TAB=\"a\\tb\"",
            "SINGLE_TAB='a\\tb'",
            "UNQUOTED=a\\tb");
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      lines.add(choices.get(random.nextInt(choices.size())));
    }
    return lines;
  }

  private List<@Nullable Object> interpolated(List<@Nullable Object> documents) {
    documents.replaceAll(
        document -> document instanceof String ? document : sprinkle(document, 14));
    return documents;
  }

  /** Writes some scalars with variables that mostly give the same value. */
  private @Nullable Object sprinkle(@Nullable Object value, int oneIn) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, below) ->
                copy.put(
                    String.valueOf(key),
                    // docker compose goes up from a folder that is not there.
                    open && key.equals("project_directory") ? below : sprinkle(below, oneIn)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(sprinkle(item, oneIn)));
        yield copy;
      }
      case FlowText.Tagged tagged ->
          new FlowText.Tagged(tagged.tag(), sprinkle(tagged.value(), oneIn));
      case null -> null;
      default -> {
        String text = value instanceof FlowText.Plain plain ? plain.text() : value.toString();
        int rarity = text.indexOf('\n') < 0 ? oneIn : oneIn * 8;
        String template = random.nextInt(rarity) == 0 ? template(text) : text;
        boolean cut = open && template.indexOf(':') >= 0;
        // docker compose cuts short forms at a colon that is inside a variable, too.
        yield template.equals(text) || cut || "${}".chars().anyMatch(c -> text.indexOf(c) >= 0)
            ? value
            : template;
      }
    };
  }

  private String template(String text) {
    int middle = text.length() / 2;
    return switch (random.nextInt(9)) {
      case 0 -> "${UNSET:-" + text + "}";
      case 1 -> "${UNSET-" + text + "}";
      case 2 -> "${TEXT:+" + text + "}";
      case 3 -> "${EMPTY:-" + text + "}";
      case 4 -> text.substring(0, middle) + "${UNSET-" + text.substring(middle) + "}";
      case 5 -> text.substring(0, middle) + "${EMPTY}" + text.substring(middle);
      case 6 -> "${UNSET:-${ALSO_UNSET:-" + text + "}}";
      case 7 -> text + "${UNSET}";
      default -> random.nextInt(12) == 0 ? "$TEXT" : "${EMPTY+" + text + "}";
    };
  }
}
