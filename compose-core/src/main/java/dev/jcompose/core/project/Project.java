package dev.jcompose.core.project;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A whole Compose project after every phase of loading.
 *
 * @param name project name: lower-case letters, digits, dashes, underscores
 * @param workingDirectory absolute project directory, the base of relative paths
 * @param files absolute paths of the Compose files, in the order they were merged
 * @param envFiles absolute paths of the files given with {@code --env-file}; empty when only
 *     defaults were used
 * @param environment what interpolation saw: the process environment over {@code .env}
 * @param services enabled and selected services by name, in the order of the files
 * @param disabledServices services that no active profile enables, or that were not selected
 * @param networks networks that the services use, by key
 * @param volumes named volumes by key
 * @param configs configs by key
 * @param secrets secrets by key
 * @param models models by key
 * @param places where the attributes stand, for those who find something wrong later
 */
public record Project(
    String name,
    Path workingDirectory,
    List<Path> files,
    List<Path> envFiles,
    Map<String, String> environment,
    Map<String, Service> services,
    Map<String, Service> disabledServices,
    Map<String, NetworkConfig> networks,
    Map<String, VolumeConfig> volumes,
    Map<String, FileObject> configs,
    Map<String, FileObject> secrets,
    Map<String, ModelConfig> models,
    Places places) {

  /** Copies every collection, keeping its order. */
  public Project {
    files = List.copyOf(files);
    envFiles = List.copyOf(envFiles);
    environment = ordered(environment);
    services = ordered(services);
    disabledServices = ordered(disabledServices);
    networks = ordered(networks);
    volumes = ordered(volumes);
    configs = ordered(configs);
    secrets = ordered(secrets);
    models = ordered(models);
  }

  private static <V> Map<String, V> ordered(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /** The same project with other services; used by selection and by one-off runs. */
  public Project withServices(Map<String, Service> enabled, Map<String, Service> disabled) {
    return new Project(
        name,
        workingDirectory,
        files,
        envFiles,
        environment,
        enabled,
        disabled,
        networks,
        volumes,
        configs,
        secrets,
        models,
        places);
  }
}
