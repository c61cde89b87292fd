package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.IsolationSpec;
import dev.jcompose.core.port.spec.NetworkingSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A container of a service that runs a command once (compose facts 3.22).
 *
 * @param slug what tells it from others of its kind
 * @param name what it is called
 * @param capabilitiesAdded besides the service's; each takes itself away from those dropped
 * @param capabilitiesDropped likewise
 * @param aliases whether it is found under the service's names
 * @param stdinOnce whether its input ends when the client leaves that was first attached
 * @param removed whether the engine removes it when it ends
 */
public record OneOff(
    String service,
    String slug,
    String name,
    List<String> capabilitiesAdded,
    List<String> capabilitiesDropped,
    boolean aliases,
    boolean stdinOnce,
    boolean removed) {
  public OneOff {
    capabilitiesAdded = List.copyOf(capabilitiesAdded);
    capabilitiesDropped = List.copyOf(capabilitiesDropped);
  }

  ContainerSpec of(ContainerSpec template) {
    Map<String, String> labels = new LinkedHashMap<>(template.labels());
    labels.put(Labels.ONE_OFF, "True");
    labels.put(Labels.SLUG, slug);
    return new ContainerSpec(
        name,
        template.image(),
        template.platform(),
        labels,
        template.annotations(),
        template.process().withStdinOnce(stdinOnce),
        networking(template.networking()),
        template.storage(),
        isolation(template.isolation()),
        template.limits(),
        template.healthcheck(),
        template.logging(),
        RestartSpec.NO,
        removed);
  }

  private NetworkingSpec networking(NetworkingSpec networking) {
    return aliases
        ? networking
        : networking.withEndpoints(
            networking.endpoints().stream()
                .map(endpoint -> endpoint.withAliases(List.of()))
                .toList());
  }

  private IsolationSpec isolation(IsolationSpec isolation) {
    return isolation.withCapabilities(
        changed(isolation.capabilitiesAdded(), capabilitiesAdded, capabilitiesDropped),
        changed(isolation.capabilitiesDropped(), capabilitiesDropped, capabilitiesAdded));
  }

  private static List<String> changed(List<String> old, List<String> more, List<String> less) {
    List<String> all = new ArrayList<>(old);
    all.removeAll(less);
    all.addAll(more);
    return all;
  }
}
