package dev.jcompose.core.load;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which services of a model take part, by profiles and by name. The others are kept apart. */
final class Selection {
  private final YamlMap services;
  private final YamlMap disabled;

  Selection(YamlMap services) {
    this.services = services;
    this.disabled = new YamlMap(services.origin());
  }

  YamlMap disabled() {
    return disabled;
  }

  /** Leaves the services that a profile, or the profile of a named service, enables. */
  void byProfiles(List<String> active, List<String> named) {
    Set<String> profiles = new HashSet<>(active);
    for (String name : named) {
      YamlMap service = services.map(name);
      if (service != null) {
        profiles.addAll(texts(service.list("profiles")));
      }
    }
    for (String name : services.keys()) {
      YamlMap service = services.map(name);
      if (service != null && !isEnabled(service, profiles)) {
        disable(name);
      }
    }
  }

  private static boolean isEnabled(YamlMap service, Set<String> active) {
    List<String> own = texts(service.list("profiles"));
    if (own.isEmpty() || active.contains("*")) {
      return true;
    }
    for (String profile : own) {
      if (active.contains(profile)) {
        return true;
      }
    }
    return false;
  }

  /** Leaves the named services and what they depend on; all when none is named. */
  void byNames(List<String> named) throws ComposeException {
    if (named.isEmpty()) {
      return;
    }
    Set<String> wanted = new HashSet<>();
    ComposeException.requireServices(named, services.keys());
    Deque<String> open = new ArrayDeque<>(named);
    while (!open.isEmpty()) {
      String name = open.remove();
      YamlMap service = services.map(name);
      if (service != null && wanted.add(name)) {
        YamlMap dependencies = service.map("depends_on");
        if (dependencies != null) {
          open.addAll(dependencies.keys());
        }
      }
    }
    for (String name : services.keys()) {
      if (!wanted.contains(name)) {
        disable(name);
      }
    }
  }

  private void disable(String name) {
    YamlMap.Entry entry = services.entry(name);
    if (entry != null) {
      disabled.put(name, entry.keyLocation(), entry.value());
      services.remove(name);
    }
  }

  /** Takes away the networks, volumes, configs, secrets and models that no service uses. */
  void prune(YamlMap root) {
    Set<String> networks = new HashSet<>();
    Set<String> volumes = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    Set<String> configs = new HashSet<>();
    Set<String> models = new HashSet<>();
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        addKeys(networks, service.map("networks"));
        addKeys(models, service.map("models"));
        addSources(volumes, service.list("volumes"), "volume");
        addSources(secrets, service.list("secrets"), null);
        addSources(configs, service.list("configs"), null);
        YamlMap build = service.map("build");
        if (build != null) {
          addSources(secrets, build.list("secrets"), null);
        }
      }
    }
    keep(root, "networks", networks);
    keep(root, "volumes", volumes);
    keep(root, "secrets", secrets);
    keep(root, "configs", configs);
    keep(root, "models", models);
  }

  private static void addKeys(Set<String> used, @Nullable YamlMap map) {
    if (map != null) {
      used.addAll(map.keys());
    }
  }

  private static void addSources(Set<String> used, @Nullable YamlList list, @Nullable String type) {
    if (list == null) {
      return;
    }
    for (YamlNode item : list) {
      if (item instanceof YamlMap map && (type == null || type.equals(map.string("type")))) {
        String source = map.string("source");
        if (source != null) {
          used.add(source);
        }
      }
    }
  }

  private static void keep(YamlMap root, String section, Set<String> used) {
    YamlMap map = root.map(section);
    if (map == null) {
      return;
    }
    for (String key : map.keys()) {
      if (!used.contains(key)) {
        map.remove(key);
      }
    }
  }

  private static List<String> texts(@Nullable YamlList list) {
    List<String> texts = new java.util.ArrayList<>();
    if (list != null) {
      for (YamlNode item : list) {
        if (item instanceof YamlScalar scalar) {
          texts.add(scalar.string());
        }
      }
    }
    return texts;
  }
}
