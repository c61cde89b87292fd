package dev.jcompose.core.normalize;

import dev.jcompose.core.interpolate.Lookup;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes out what a model implies: the default network, dependencies by links and namespaces,
 * names.
 */
public final class Normalizer {
  private static final Origin IMPLIED = Origin.made("implied");

  /** Go's strconv.ParseBool, which docker compose asks. */
  private static final Set<String> FLAGS_THAT_ARE_SET =
      Set.of("1", "t", "T", "true", "True", "TRUE");

  private Normalizer() {}

  /**
   * Works on a merged model in place.
   *
   * @param root the model
   * @param project the project's name, the prefix of names
   */
  public static void apply(YamlMap root, String project) {
    YamlMap services = root.map("services");
    if (services != null) {
      boolean usesDefault = false;
      for (YamlMap.Entry entry : services) {
        if (entry.value() instanceof YamlMap service) {
          usesDefault |= service(service);
        }
      }
      if (usesDefault) {
        section(root, "networks").putIfAbsent("default", new YamlMap(IMPLIED));
      }
    }
    for (String section : new String[] {"networks", "volumes", "configs", "secrets"}) {
      names(root.map(section), project);
    }
    YamlMap models = root.map("models");
    if (models != null) {
      for (YamlMap.Entry entry : models) {
        if (entry.value() instanceof YamlMap model) {
          model.putIfAbsent("name", YamlScalar.of(entry.key(), IMPLIED));
        }
      }
    }
  }

  private static YamlMap section(YamlMap root, String key) {
    YamlMap section = root.map(key);
    if (section == null) {
      section = new YamlMap(IMPLIED);
      root.put(key, section);
    }
    return section;
  }

  /** Whether the service joins the default network. */
  private static boolean service(YamlMap service) {
    YamlMap build = service.map("build");
    if (build != null && !build.has("dockerfile_inline") && !build.has("dockerfile")) {
      build.put("dockerfile", YamlScalar.of("Dockerfile", Origin.made("default")));
    }
    if ("if_not_present".equals(service.string("pull_policy"))
        && service.get("pull_policy") instanceof YamlScalar policy) {
      service.put("pull_policy", YamlScalar.of("missing", policy.origin()));
    }
    dependencies(service);
    YamlMap networks = service.map("networks");
    if ((networks == null || networks.isEmpty())
        && service.string("network_mode") == null
        && !service.has("provider")) {
      YamlMap joined = new YamlMap(IMPLIED);
      joined.put("default", YamlScalar.ofNull(IMPLIED));
      service.put("networks", joined);
      return true;
    }
    return networks != null && networks.has("default");
  }

  private static void dependencies(YamlMap service) {
    int index = 0;
    for (YamlNode link : items(service.list("links"))) {
      depend(service, linked(link), "links[" + index++ + "]", link, true);
    }
    for (String key : new String[] {"network_mode", "ipc", "pid", "uts", "cgroup"}) {
      if (service.get(key) instanceof YamlScalar mode && mode.string().startsWith("service:")) {
        depend(service, mode.string().substring("service:".length()), key, mode, true);
      }
    }
    index = 0;
    for (YamlNode from : items(service.list("volumes_from"))) {
      String other = before(from, ':');
      if (!other.equals("container")) {
        depend(service, other, "volumes_from[" + index + "]", from, false);
      }
      index++;
    }
  }

  private static void depend(
      YamlMap service, String other, String attribute, YamlNode at, boolean restart) {
    YamlMap dependencies = service.map("depends_on");
    if (dependencies == null) {
      dependencies = new YamlMap(IMPLIED);
      service.put("depends_on", dependencies);
    }
    if (dependencies.has(other)) {
      return;
    }
    Origin implied = Origin.impliedBy(attribute);
    YamlMap dependency = new YamlMap(implied);
    dependency.put("condition", YamlScalar.of("service_started", implied));
    dependency.put("restart", YamlScalar.of(restart, implied));
    dependency.put("required", YamlScalar.of(true, implied));
    dependencies.put(other, at.location(), dependency);
  }

  private static Iterable<YamlNode> items(@Nullable YamlList list) {
    return list == null ? java.util.List.of() : list;
  }

  /** The service of {@code service} or {@code service:alias}; what is neither is no service. */
  private static String linked(YamlNode link) {
    String text = link instanceof YamlScalar scalar ? scalar.string() : "";
    int colon = text.indexOf(':');
    return colon >= 0 && colon == text.lastIndexOf(':') ? text.substring(0, colon) : text;
  }

  private static String before(YamlNode node, char separator) {
    String text = node instanceof YamlScalar scalar ? scalar.string() : "";
    int at = text.indexOf(separator);
    return at < 0 ? text : text.substring(0, at);
  }

  private static void names(@Nullable YamlMap section, String project) {
    if (section == null) {
      return;
    }
    for (YamlMap.Entry entry : section) {
      if (entry.value() instanceof YamlScalar scalar && scalar.isNull()) {
        section.put(entry.key(), new YamlMap(scalar.origin()));
      }
      YamlMap resource = section.map(entry.key());
      if (resource != null && resource.string("name") == null) {
        String name = isExternal(resource) ? entry.key() : project + "_" + entry.key();
        resource.put("name", YamlScalar.of(name, IMPLIED));
      }
    }
  }

  /** Without interpolation text that would become a flag is still text. */
  private static boolean isExternal(YamlMap resource) {
    return resource.isTrue("external")
        || (resource.get("external") instanceof YamlScalar scalar
            && scalar.isString()
            && FLAGS_THAT_ARE_SET.contains(scalar.string()));
  }

  /**
   * Fills in variables that are given without a value. Those that are set nowhere stay without one;
   * build arguments of that kind go away.
   *
   * @param root the model
   * @param lookup the project environment
   * @param drop whether build arguments without a value go away
   */
  public static void resolveEnvironment(YamlMap root, Lookup lookup, boolean drop) {
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        resolve(service.get("environment"), lookup, false);
        YamlMap build = service.map("build");
        if (build != null) {
          resolve(build.get("args"), lookup, drop);
        }
      }
    }
  }

  private static void resolve(@Nullable YamlNode node, Lookup lookup, boolean drop) {
    if (node instanceof YamlList list) {
      resolve(list, lookup, drop);
    }
    if (!(node instanceof YamlMap variables)) {
      return;
    }
    for (String key : variables.keys()) {
      if (variables.get(key) instanceof YamlScalar scalar && scalar.isNull()) {
        String value = lookup.get(key);
        if (value != null) {
          variables.put(key, YamlScalar.of(value, scalar.origin().filledFrom("${" + key + "}")));
        } else if (drop) {
          variables.remove(key);
        }
      }
    }
  }

  /** The same where a list stays as it is written. */
  private static void resolve(YamlList list, Lookup lookup, boolean drop) {
    for (int i = 0; i < list.size(); ) {
      String name = list.get(i) instanceof YamlScalar scalar ? scalar.string() : "=";
      String value = name.indexOf('=') < 0 ? lookup.get(name) : null;
      if (value != null) {
        list.set(
            i,
            YamlScalar.of(name + "=" + value, list.get(i).origin().filledFrom("${" + name + "}")));
      }
      if (value == null && drop && name.indexOf('=') < 0) {
        list.remove(i);
      } else {
        i++;
      }
    }
  }
}
