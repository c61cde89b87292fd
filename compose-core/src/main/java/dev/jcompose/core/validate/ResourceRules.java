package dev.jcompose.core.validate;

import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of networks, volumes, secrets and configs that their types alone do not say. They hold
 * for each model that is included, too.
 */
public final class ResourceRules {
  private final Problems problems;
  private final YamlMap root;

  /** Makes the check of a merged model. */
  public ResourceRules(Problems problems, YamlMap root) {
    this.problems = problems;
    this.root = root;
  }

  /** Looks at everything. */
  public void check() {
    external("networks");
    external("volumes");
    content("secrets", Set.of("file", "environment"));
    content("configs", Set.of("file", "environment", "content"));
  }

  private void external(String section) {
    for (YamlMap.Entry entry : section(section)) {
      if (entry.value() instanceof YamlMap resource && resource.isTrue("external")) {
        external(section + "." + entry.key(), resource);
      }
    }
  }

  private void external(String path, YamlMap resource) {
    for (YamlMap.Entry entry : resource) {
      String name = entry.key();
      if (name.equals("name") || name.equals("external") || name.startsWith("x-")) {
        continue;
      }
      if (path.startsWith("networks.")) {
        // docker compose takes it in silence.
        problems.warn(
            entry.keyLocation(),
            path + "." + name,
            "has no effect: the network is external and never made");
      } else {
        problems.add(
            entry.keyLocation(),
            path + "." + name,
            "says how to make something that is external and never made",
            "remove it or \"external\"");
      }
    }
  }

  private void content(String section, Set<String> sources) {
    for (YamlMap.Entry entry : section(section)) {
      if (!(entry.value() instanceof YamlMap file) || isExternal(file) || file.has("driver")) {
        continue;
      }
      Set<String> given = new HashSet<>(file.keys());
      given.retainAll(sources);
      if (given.size() != 1) {
        List<String> choices = new ArrayList<>(sources);
        choices.sort(null);
        problems.add(
            entry.keyLocation(),
            section + "." + entry.key(),
            given.isEmpty() ? "there is no content" : "there is more than one content",
            "give one of " + String.join(", ", choices));
      }
    }
  }

  /** A variable that is not filled in may say so. */
  private static boolean isExternal(YamlMap file) {
    return file.isTrue("external")
        || (file.get("external") instanceof YamlScalar scalar && scalar.isString());
  }

  private YamlMap section(String key) {
    YamlMap section = root.map(key);
    return section == null ? new YamlMap(root.origin()) : section;
  }
}
