package dev.jcompose.core.desired;

import dev.jcompose.core.port.spec.ContainerSpec;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.spec.HealthcheckSpec;
import dev.jcompose.core.port.spec.IsolationSpec;
import dev.jcompose.core.port.spec.LimitsSpec;
import dev.jcompose.core.port.spec.NetworkingSpec;
import dev.jcompose.core.port.spec.ProcessSpec;
import dev.jcompose.core.port.spec.RestartSpec;
import dev.jcompose.core.port.spec.StorageSpec;
import dev.jcompose.core.project.process.Hook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A step of {@code pre_start}: a container of its own that runs to its end before the service
 * starts, in the service's networks and with its volumes (compose facts 3.20).
 *
 * @param template the container but for its name and whose volumes it sees
 * @param perReplica whether it runs before the start of each replica, not only of the first
 */
public record InitContainer(ContainerSpec template, boolean perReplica) {

  static InitContainer of(ContainerSpec service, Hook hook, Map<String, String> variables) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String kept : List.of(Labels.PROJECT, Labels.SERVICE, Labels.VERSION)) {
      labels.put(kept, service.labels().getOrDefault(kept, ""));
    }
    labels.put(Labels.HOOK, Labels.PRE_START);
    return new InitContainer(
        new ContainerSpec(
            "",
            hook.image() == null ? service.image() : hook.image(),
            hook.image() == null ? service.platform() : null,
            labels,
            Map.of(),
            process(service.process(), hook, variables),
            networking(service.networking()),
            StorageSpec.OF_IMAGE,
            isolation(service.isolation(), hook.privileged()),
            LimitsSpec.NONE,
            new HealthcheckSpec(List.of("NONE"), null, null, null, null, null),
            service.logging(),
            RestartSpec.NO,
            false),
        hook.perReplica());
  }

  private static ProcessSpec process(
      ProcessSpec service, Hook hook, Map<String, String> variables) {
    Map<String, @Nullable String> environment = new LinkedHashMap<>(service.environment());
    hook.environment()
        .forEach((key, value) -> environment.put(key, value == null ? variables.get(key) : value));
    return new ProcessSpec(
        null,
        hook.command().isEmpty() ? null : hook.command(),
        environment,
        hook.workingDirectory() == null && hook.image() == null
            ? service.workingDirectory()
            : hook.workingDirectory(),
        hook.user() == null && hook.image() == null ? service.user() : hook.user(),
        false,
        false,
        null,
        null,
        true,
        List.of(),
        false);
  }

  /** In the same networks, but not under the service's names, addresses and ports. */
  private static NetworkingSpec networking(NetworkingSpec service) {
    return new NetworkingSpec(
        service.mode(),
        service.endpoints().stream()
            .map(
                endpoint ->
                    new EndpointSpec(
                        endpoint.network(),
                        List.of(),
                        endpoint.links(),
                        null,
                        null,
                        List.of(),
                        null,
                        endpoint.driverOptions(),
                        endpoint.gatewayPriority()))
            .toList(),
        null,
        null,
        service.dns(),
        service.dnsOptions(),
        service.dnsSearch(),
        service.extraHosts(),
        Set.of(),
        List.of());
  }

  private static IsolationSpec isolation(IsolationSpec service, boolean privileged) {
    return new IsolationSpec(
        privileged,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        null,
        null,
        null,
        null,
        null,
        service.runtime(),
        null);
  }
}
