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

  /**
   * Fills them into a merged model.
   *
   * @param lenient whether variables are not filled in; then only what docker compose fills in, too
   */
  public static void apply(YamlMap root, boolean lenient) {
    if (!lenient) {
      empty(root.map("networks"));
      empty(root.map("volumes"));
    }
    YamlMap services = root.map("services");
    if (services == null) {
      return;
    }
    for (YamlMap.Entry entry : services) {
      if (entry.value() instanceof YamlMap service) {
        service(service, lenient);
        if (!lenient) {
          blockDevices(service.map("blkio_config"));
          withoutNothing(service, "deploy");
          withoutNothing(service, "develop");
          options(map(service.map("logging"), "options"));
          texts(service.list("expose"));
          texts(service.list("group_add"));
        }
      }
    }
  }

  /** What is declared without a word is declared all the same. */
  private static void empty(@Nullable YamlMap section) {
    if (section == null) {
      return;
    }
    for (YamlMap.Entry entry : section) {
      if (entry.value() instanceof YamlScalar scalar && scalar.isNull()) {
        section.put(entry.key(), new YamlMap(scalar.origin()));
      }
    }
  }

  private static void service(YamlMap service, boolean lenient) {
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
    requests(service.list("gpus"), lenient);
    YamlMap reservations = map(map(service.map("deploy"), "resources"), "reservations");
    if (reservations != null) {
      requests(reservations.list("devices"), lenient);
    }
  }

  /** Numbers become text this late, since the number and its text are not the same item. */
  private static void texts(@Nullable YamlList list) {
    for (int i = 0; list != null && i < list.size(); i++) {
      if (list.get(i) instanceof YamlScalar scalar) {
        list.set(i, scalar.as(scalar.string()));
      }
    }
  }

  /** An option without a value is one with an empty value. */
  private static void options(@Nullable YamlMap options) {
    if (options == null) {
      return;
    }
    for (YamlMap.Entry entry : options) {
      if (entry.value() instanceof YamlScalar scalar && scalar.isNull()) {
        options.put(entry.key(), YamlScalar.of("", scalar.origin()));
      }
    }
  }

  /** A key without a value, where the schema allows it, is one that is not there. */
  private static void withoutNothing(YamlMap service, String key) {
    if (service.get(key) instanceof YamlScalar scalar && scalar.isNull()) {
      service.remove(key);
    }
  }

  /** docker compose prints both values of a device, given or not. */
  private static void blockDevices(@Nullable YamlMap limits) {
    if (limits == null) {
      return;
    }
    for (YamlMap.Entry entry : limits) {
      if (entry.value() instanceof YamlList devices) {
        for (YamlMap device : maps(devices)) {
          set(device, "path", "");
          if (entry.key().equals("weight_device")) {
            device.putIfAbsent("weight", YamlScalar.of(0, DEFAULT));
          } else {
            set(device, "rate", "0");
          }
        }
      }
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

  private static void requests(@Nullable YamlList requests, boolean lenient) {
    for (YamlMap request : maps(requests)) {
      if (!request.has("count") && !request.has("device_ids")) {
        request.put("count", lenient ? YamlScalar.of("all", DEFAULT) : YamlScalar.of(-1, DEFAULT));
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
