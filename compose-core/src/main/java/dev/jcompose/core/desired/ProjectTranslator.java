package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.NetworkSpec;
import dev.jcompose.core.port.spec.VolumeSpec;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.NetworkConfig;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.VolumeConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a project into what should exist. */
final class ProjectTranslator {
  private final Project project;
  private final String separator;
  private final Refusals refusals;

  ProjectTranslator(Project project, String separator) {
    this.project = project;
    this.separator = separator;
    this.refusals = new Refusals(project.places());
  }

  DesiredState translate() {
    ServiceTranslator services = new ServiceTranslator(project, separator, refusals);
    Map<String, DesiredService> desired = new LinkedHashMap<>();
    for (Service service : project.services().values()) {
      desired.put(service.name(), services.translate(service));
    }
    Map<String, DesiredNetwork> networks = new LinkedHashMap<>();
    project.networks().forEach((key, network) -> networks.put(key, network(key, network)));
    Map<String, DesiredVolume> volumes = new LinkedHashMap<>();
    project.volumes().forEach((key, volume) -> volumes.put(key, volume(key, volume)));
    Set<String> known = new HashSet<>(project.services().keySet());
    known.addAll(project.disabledServices().keySet());
    return new DesiredState(
        project.name(), separator, desired, networks, volumes, known, refusals.warnings());
  }

  void throwIfRefused() throws ComposeException {
    refusals.throwIfAny();
  }

  private DesiredNetwork network(String key, NetworkConfig network) {
    String hash = network.configHash().hex();
    NetworkConfig.Ipam ipam = network.ipam();
    NetworkSpec spec =
        new NetworkSpec(
            network.name(),
            network.driver(),
            network.driverOptions(),
            ipam.driver(),
            ipam.options(),
            ipam.pools().stream()
                .map(
                    pool ->
                        new NetworkSpec.Pool(
                            pool.subnet(), pool.ipRange(), pool.gateway(), pool.auxAddresses()))
                .toList(),
            network.internal(),
            network.attachable(),
            network.enableIpv4(),
            network.enableIpv6(),
            labels(network.labels(), Labels.NETWORK, key, hash));
    return new DesiredNetwork(key, network.external(), spec, hash);
  }

  private DesiredVolume volume(String key, VolumeConfig volume) {
    String hash = volume.configHash().hex();
    @Nullable String driver = volume.driver();
    VolumeSpec spec =
        new VolumeSpec(
            volume.name(),
            driver == null ? "local" : driver,
            volume.driverOptions(),
            labels(volume.labels(), Labels.VOLUME, key, hash));
    return new DesiredVolume(key, volume.external(), spec, hash);
  }

  private Map<String, String> labels(
      Map<String, String> own, String keyLabel, String key, String hash) {
    Map<String, String> labels = new LinkedHashMap<>(own);
    labels.put(Labels.PROJECT, project.name());
    labels.put(keyLabel, key);
    labels.put(Labels.VERSION, Labels.WRITER);
    labels.put(Labels.CONFIG_HASH, hash);
    return labels;
  }
}
