package dev.jcompose.core.validate;

import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.project.build.Build;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the parts of a model fit each other: references, values given twice, circles. */
public final class Consistency {
  private final Problems problems;
  private final YamlMap root;
  private final YamlMap disabled;
  private String path = "";

  /**
   * Makes the check.
   *
   * @param problems takes what is wrong
   * @param root the model; its services are the enabled ones
   * @param disabled services that no profile enables
   */
  public Consistency(Problems problems, YamlMap root, YamlMap disabled) {
    this.problems = problems;
    this.root = root;
    this.disabled = disabled;
  }

  /** Looks at everything. */
  public void check() {
    YamlMap services = section("services");
    Map<String, String> containers = new HashMap<>();
    PublishedPorts published = new PublishedPorts();
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        path = "services." + entry.key();
        service(service, entry.keyLocation());
        references(service);
        dependencies(service, services);
        containerName(service, entry.key(), containers);
        new ServiceRules(problems, path, service, published).check();
        YamlMap deploy = service.map("deploy");
        YamlNode scale = service.get("scale");
        if (deploy != null && scale != null) {
          // docker compose prints it in both places.
          deploy.put("replicas", scale);
        }
      }
    }
    new Circles(problems, services).check();
  }

  private void service(YamlMap service, Location key) {
    String image = service.string("image");
    String mode = service.string("network_mode");
    if (mode != null && mode.startsWith("service:")) {
      namespace(service, mode.substring("service:".length()));
    }
    if ((image == null || image.isEmpty()) && !service.has("build") && !service.has("provider")) {
      problems.add(key, path, "there is neither \"image\" nor \"build\"", "add one of the two");
    }
  }

  /** Once normalised, the dependency that it implies is looked at instead. */
  private void namespace(YamlMap service, String other) {
    YamlMap dependencies = service.map("depends_on");
    YamlNode mode = service.get("network_mode");
    if (mode != null
        && (dependencies == null || !dependencies.has(other))
        && service(other) == null) {
      String guess = Spelling.nearest(other, section("services").keys());
      problems.add(
          mode.location(),
          path + ".network_mode",
          "there is no service \"" + other + "\"",
          guess == null ? "add it or correct the name" : "did you mean \"" + guess + "\"?");
    }
  }

  private void references(YamlMap service) {
    YamlMap networks = service.map("networks");
    if (networks != null) {
      for (YamlMap.Entry entry : networks) {
        known("networks", "networks." + entry.key(), entry.key(), entry.keyLocation(), "network");
      }
    }
    YamlMap models = service.map("models");
    if (models != null) {
      for (YamlMap.Entry entry : models) {
        known("models", "models." + entry.key(), entry.key(), entry.keyLocation(), "model");
      }
    }
    int index = 0;
    for (YamlNode item : items(service.list("volumes"))) {
      if (item instanceof YamlMap mount
          && "volume".equals(mount.string("type"))
          && mount.get("source") instanceof YamlScalar source
          && !source.string().isEmpty()) {
        known(
            "volumes",
            "volumes[" + index + "].source",
            source.string(),
            source.location(),
            "volume");
      }
      index++;
    }
    files(service.list("secrets"), "secrets", "secrets", "secret");
    files(service.list("configs"), "configs", "configs", "config");
    YamlMap build = service.map("build");
    if (build != null) {
      files(build.list("secrets"), "secrets", "build.secrets", "secret");
      contexts(build);
    }
  }

  private void files(@Nullable YamlList list, String section, String key, String noun) {
    int index = 0;
    for (YamlNode item : items(list)) {
      if (item instanceof YamlMap file) {
        if (file.get("source") instanceof YamlScalar source) {
          known(section, key + "[" + index + "]", source.string(), source.location(), noun);
        } else {
          problems.add(
              file.location(),
              path + "." + key + "[" + index + "]",
              "\"source\" is missing",
              "add the name of a " + noun + " of the top level");
        }
      }
      index++;
    }
  }

  private void contexts(YamlMap build) {
    YamlMap contexts = build.map("additional_contexts");
    if (contexts == null) {
      return;
    }
    for (YamlMap.Entry entry : contexts) {
      String text = contexts.string(entry.key());
      String name = text == null ? null : Build.serviceOf(text);
      if (name != null) {
        YamlMap other = service(name);
        if (other == null || !other.has("build")) {
          problems.add(
              entry.value().location(),
              path + ".build.additional_contexts." + entry.key(),
              "\"" + text + "\" names no service that is built",
              "name a service with \"build\"");
        }
      }
    }
  }

  private @Nullable YamlMap service(String name) {
    YamlMap service = section("services").map(name);
    return service == null ? disabled.map(name) : service;
  }

  private void known(String section, String at, String name, Location location, String noun) {
    YamlMap map = section(section);
    if (map.has(name)) {
      return;
    }
    String guess = Spelling.nearest(name, map.keys());
    problems.add(
        location,
        path + "." + at,
        "there is no " + noun + " \"" + name + "\" under \"" + section + "\" at the top level",
        guess == null
            ? "add \"" + section + ": {" + name + ": ...}\""
            : "did you mean \"" + guess + "\"?");
  }

  private void dependencies(YamlMap service, YamlMap services) {
    YamlMap dependencies = service.map("depends_on");
    if (dependencies == null) {
      return;
    }
    for (YamlMap.Entry entry : dependencies) {
      String name = entry.key();
      if (services.has(name)) {
        continue;
      }
      boolean optional =
          entry.value() instanceof YamlMap dependency
              && dependency.get("required") instanceof YamlScalar required
              && Boolean.FALSE.equals(required.value());
      YamlMap other = disabled.map(name);
      if (other != null && optional) {
        continue;
      }
      if (other != null) {
        problems.add(
            entry.keyLocation(),
            path + "." + asked(entry),
            "the service \"" + name + "\" is needed but not enabled",
            "enable it with --profile "
                + profile(other)
                + (entry.value().origin().impliedBy().isEmpty()
                    ? ", or set \"required: false\""
                    : ", or remove this"));
      } else {
        String guess = Spelling.nearest(name, services.keys());
        problems.add(
            entry.keyLocation(),
            path + "." + asked(entry),
            "there is no service \"" + name + "\"",
            guess == null ? "add it or correct the name" : "did you mean \"" + guess + "\"?");
      }
    }
  }

  /** The path from the service to what asks for a dependency. */
  static String asked(YamlMap.Entry dependency) {
    String implied = dependency.value().origin().impliedBy();
    return implied.isEmpty() ? "depends_on." + dependency.key() : implied;
  }

  private static String profile(YamlMap service) {
    YamlList profiles = service.list("profiles");
    return profiles != null && !profiles.isEmpty() && profiles.get(0) instanceof YamlScalar first
        ? first.string()
        : "NAME";
  }

  private void containerName(YamlMap service, String name, Map<String, String> containers) {
    if (service.get("container_name") instanceof YamlScalar scalar && scalar.isString()) {
      String other = containers.putIfAbsent(scalar.string(), name);
      if (other != null) {
        problems.add(
            scalar.location(),
            path + ".container_name",
            "\""
                + scalar.string()
                + "\" is also the container name of the service \""
                + other
                + "\"",
            "choose another");
      }
    }
  }

  private YamlMap section(String key) {
    YamlMap section = root.map(key);
    return section == null ? new YamlMap(root.origin()) : section;
  }

  private static Iterable<YamlNode> items(@Nullable YamlList list) {
    return list == null ? List.of() : list;
  }
}
