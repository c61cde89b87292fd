package dev.jcompose.core.bind;

import dev.jcompose.core.interpolate.Lookup;
import dev.jcompose.core.project.ConfigHash;
import dev.jcompose.core.project.FileObject;
import dev.jcompose.core.project.ModelConfig;
import dev.jcompose.core.project.NetworkConfig;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.VolumeConfig;
import dev.jcompose.core.render.Hashes;
import dev.jcompose.core.yaml.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the records of a canonical, validated model. */
public final class ProjectBinder {
  private ProjectBinder() {}

  /**
   * Makes the services of a section.
   *
   * @param section the section; null for none
   * @param base the project directory
   */
  public static Map<String, Service> services(@Nullable YamlMap section, Path base) {
    Map<String, Service> services = new LinkedHashMap<>();
    ServiceBinder binder = new ServiceBinder(base);
    for (YamlMap.Entry entry : entries(section)) {
      if (entry.value() instanceof YamlMap service) {
        services.put(entry.key(), binder.bind(entry.key(), service));
      }
    }
    return services;
  }

  /** Makes the networks of a section; null for none. */
  public static Map<String, NetworkConfig> networks(@Nullable YamlMap section) {
    Map<String, NetworkConfig> networks = new LinkedHashMap<>();
    for (YamlMap.Entry entry : entries(section)) {
      Fields fields = Fields.of(entry.value());
      networks.put(
          entry.key(),
          new NetworkConfig(
              entry.key(),
              fields.text("name", entry.key()),
              fields.text("driver"),
              fields.strings("driver_opts"),
              ipam(fields.below("ipam")),
              fields.flag("external"),
              fields.flag("internal"),
              fields.flag("attachable"),
              fields.flagOrNull("enable_ipv4"),
              fields.flagOrNull("enable_ipv6"),
              fields.strings("labels"),
              entry.value() instanceof YamlMap map
                  ? ConfigHash.lazy(() -> Hashes.ofNetwork(map))
                  : ConfigHash.of("")));
    }
    return networks;
  }

  private static NetworkConfig.Ipam ipam(Fields fields) {
    if (fields.isEmpty()) {
      return NetworkConfig.Ipam.NONE;
    }
    List<NetworkConfig.Pool> pools = new ArrayList<>();
    for (Fields pool : fields.items("config")) {
      pools.add(
          new NetworkConfig.Pool(
              pool.text("subnet"),
              pool.text("ip_range"),
              pool.text("gateway"),
              pool.strings("aux_addresses")));
    }
    return new NetworkConfig.Ipam(fields.text("driver"), pools, fields.strings("options"));
  }

  /** Makes the volumes of a section; null for none. */
  public static Map<String, VolumeConfig> volumes(@Nullable YamlMap section) {
    Map<String, VolumeConfig> volumes = new LinkedHashMap<>();
    for (YamlMap.Entry entry : entries(section)) {
      Fields fields = Fields.of(entry.value());
      volumes.put(
          entry.key(),
          new VolumeConfig(
              entry.key(),
              fields.text("name", entry.key()),
              fields.text("driver"),
              fields.strings("driver_opts"),
              fields.flag("external"),
              fields.strings("labels"),
              entry.value() instanceof YamlMap map
                  ? ConfigHash.lazy(() -> Hashes.ofVolume(map))
                  : ConfigHash.of("")));
    }
    return volumes;
  }

  /**
   * Makes the configs or secrets of a section.
   *
   * @param section the section; null for none
   * @param lookup the project environment, which may hold their content
   */
  public static Map<String, FileObject> files(@Nullable YamlMap section, Lookup lookup) {
    Map<String, FileObject> files = new LinkedHashMap<>();
    for (YamlMap.Entry entry : entries(section)) {
      Fields fields = Fields.of(entry.value());
      String variable = fields.text("environment");
      files.put(
          entry.key(),
          new FileObject(
              entry.key(),
              fields.text("name", entry.key()),
              fields.text("file"),
              variable,
              variable == null ? fields.text("content") : lookup.get(variable),
              ConfigHash.of(""),
              fields.flag("external"),
              fields.text("driver"),
              fields.strings("driver_opts"),
              fields.text("template_driver"),
              fields.strings("labels")));
    }
    return files;
  }

  /** Makes the models of a section; null for none. */
  public static Map<String, ModelConfig> models(@Nullable YamlMap section) {
    Map<String, ModelConfig> models = new LinkedHashMap<>();
    for (YamlMap.Entry entry : entries(section)) {
      Fields fields = Fields.of(entry.value());
      models.put(
          entry.key(),
          new ModelConfig(
              entry.key(),
              fields.text("name", entry.key()),
              fields.text("model", ""),
              fields.integer("context_size"),
              fields.texts("runtime_flags")));
    }
    return models;
  }

  private static Iterable<YamlMap.Entry> entries(@Nullable YamlMap section) {
    return section == null ? List.of() : section;
  }
}
