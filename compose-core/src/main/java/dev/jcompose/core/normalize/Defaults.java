package dev.jcompose.core.normalize;

import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import org.jspecify.annotations.Nullable;

/** Values that hold when nobody gives others. */
public final class Defaults {
  private static final Origin DEFAULT = Origin.made("default");

  private Defaults() {}

  /** Fills them into a merged model. */
  public static void apply(YamlMap root) {
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        service(service);
      }
    }
  }

  private static void service(YamlMap service) {
    YamlMap build = service.map("build");
    if (build != null) {
      set(build, "context", ".");
    }
    YamlMap dependencies = service.map("depends_on");
    if (dependencies != null) {
      for (YamlMap.Entry entry : dependencies) {
        dependency(dependencies, entry);
      }
    }
    for (YamlMap port : maps(service.list("ports"))) {
      set(port, "mode", "ingress");
      set(port, "protocol", "tcp");
    }
    for (YamlMap mount : maps(service.list("volumes"))) {
      YamlMap bind = mount.map("bind");
      if (bind != null && "bind".equals(mount.string("type"))) {
        bind.putIfAbsent("create_host_path", YamlScalar.of(true, DEFAULT));
      }
    }
    for (YamlMap file : maps(service.list("env_file"))) {
      file.putIfAbsent("required", YamlScalar.of(true, DEFAULT));
    }
    for (YamlMap secret : maps(service.list("secrets"))) {
      String source = secret.string("source");
      if (source != null) {
        set(secret, "target", "/run/secrets/" + source);
      }
    }
    for (YamlMap device : maps(service.list("devices"))) {
      String source = device.string("source");
      if (source != null) {
        set(device, "target", source);
        set(device, "permissions", "rwm");
      }
    }
    requests(service.list("gpus"));
    YamlMap reservations = map(map(service.map("deploy"), "resources"), "reservations");
    if (reservations != null) {
      requests(reservations.list("devices"));
    }
  }

  private static void dependency(YamlMap dependencies, YamlMap.Entry entry) {
    if (entry.value() instanceof YamlScalar scalar && scalar.isNull()) {
      dependencies.put(entry.key(), new YamlMap(scalar.origin()));
    }
    YamlMap dependency = dependencies.map(entry.key());
    if (dependency != null) {
      set(dependency, "condition", "service_started");
      dependency.putIfAbsent("required", YamlScalar.of(true, DEFAULT));
    }
  }

  private static void requests(@Nullable YamlList requests) {
    for (YamlMap request : maps(requests)) {
      if (!request.has("count") && !request.has("device_ids")) {
        request.put("count", YamlScalar.of(-1, DEFAULT));
      }
    }
  }

  private static void set(YamlMap map, String key, String value) {
    map.putIfAbsent(key, YamlScalar.of(value, DEFAULT));
  }

  private static @Nullable YamlMap map(@Nullable YamlMap map, String key) {
    return map == null ? null : map.map(key);
  }

  static Iterable<YamlMap> maps(@Nullable YamlList list) {
    java.util.List<YamlMap> maps = new java.util.ArrayList<>();
    if (list != null) {
      for (YamlNode item : list) {
        if (item instanceof YamlMap map) {
          maps.add(map);
        }
      }
    }
    return maps;
  }
}
