package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.spec.EndpointSpec;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.port.view.EndpointView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Says how a container whose configuration changed can become what it should be, in place. */
final class Adjusting {
  private static final String NETWORK = "networks.";

  /** What engines change of a container that runs. */
  private static final Set<String> LIMITS =
      Set.of(
          "restart",
          "cpus",
          "cpu_shares",
          "cpu_period",
          "cpu_quota",
          "cpuset",
          "mem_limit",
          "mem_reservation",
          "memswap_limit",
          "pids_limit",
          "deploy.resources.limits",
          "deploy.restart_policy");

  /** What is ours to do and not the container's to be. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "attach",
          "develop",
          "pre_start",
          "post_start",
          "pre_stop",
          "deploy.mode",
          "deploy.endpoint_mode",
          "deploy.labels",
          "deploy.placement",
          "deploy.update_config",
          "deploy.rollback_config");

  private final Map<String, String> before;
  private final Map<String, String> now;

  private Adjusting(Map<String, String> before, Map<String, String> now) {
    this.before = before;
    this.now = now;
  }

  static Adjusting between(ContainerView container, DesiredService service) {
    return new Adjusting(
        parts(container.label(Labels.CONFIG_PARTS)),
        parts(service.template().labels().getOrDefault(Labels.CONFIG_PARTS, "")));
  }

  private static Map<String, String> parts(String label) {
    Map<String, String> parts = new HashMap<>();
    for (String part : label.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parts;
  }

  /** Which attributes differ; empty when the container does not remember what it was made of. */
  Set<String> changed() {
    Set<String> changed = new TreeSet<>();
    if (before.isEmpty() || now.isEmpty()) {
      return changed;
    }
    now.forEach(
        (name, hash) -> {
          if (!hash.equals(before.get(name))) {
            changed.add(name);
          }
        });
    before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(changed::add);
    return changed;
  }

  /**
   * The change in place.
   *
   * @param is what can be changed of it, as it is; null when that is not known
   * @return null when there is none, and it has to be replaced
   */
  @Nullable Adjustment adjustment(
      DesiredService service, ContainerView container, @Nullable Adjustable is) {
    Set<String> changed = changed();
    if (changed.isEmpty() || is == null) {
      return null;
    }
    boolean networks = false;
    for (String part : changed) {
      if (part.startsWith(NETWORK) && !(before.containsKey(part) && now.containsKey(part))) {
        networks = true;
      } else if (!LIMITS.contains(part) && !ELSEWHERE.contains(part)) {
        return null;
      }
    }
    Adjustable wanted = Adjustable.of(service.template().limits(), service.template().restart());
    if (!is.canBecome(wanted)) {
      return null;
    }
    List<EndpointSpec> endpoints = service.template().networking().endpoints();
    if (networks && !canMove(container, endpoints)) {
      return null;
    }
    Set<String> in = new TreeSet<>();
    container.endpoints().stream().map(EndpointView::network).forEach(in::add);
    Set<String> to = new TreeSet<>();
    endpoints.stream().map(EndpointSpec::network).forEach(to::add);
    return new Adjustment(
        is.has(wanted) ? null : wanted,
        networks
            ? endpoints.stream().filter(endpoint -> !in.contains(endpoint.network())).toList()
            : List.of(),
        networks ? in.stream().filter(network -> !to.contains(network)).toList() : List.of());
  }

  /**
   * A container keeps the network it was made in, and what it has been told of one that it joined
   * later is not remembered: so there must be nothing to tell.
   */
  private static boolean canMove(ContainerView container, List<EndpointSpec> endpoints) {
    return endpoints.stream().allMatch(Adjusting::isPlain)
        && endpoints.stream()
            .anyMatch(endpoint -> endpoint.network().equals(container.networkMode()));
  }

  private static boolean isPlain(EndpointSpec endpoint) {
    return endpoint.aliases().size() == 1
        && endpoint.links().isEmpty()
        && endpoint.ipv4Address() == null
        && endpoint.ipv6Address() == null
        && endpoint.linkLocalAddresses().isEmpty()
        && endpoint.macAddress() == null
        && endpoint.driverOptions().isEmpty()
        && endpoint.gatewayPriority() == null;
  }
}
