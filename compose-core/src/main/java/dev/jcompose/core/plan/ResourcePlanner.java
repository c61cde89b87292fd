package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredNetwork;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.DesiredVolume;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.view.NetworkView;
import dev.jcompose.core.port.view.VolumeView;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the networks and volumes of a project. */
final class ResourcePlanner {
  private final DesiredState desired;
  private final ObservedState observed;
  private final PlanBuilder plan;
  private final List<Problem> problems;
  private final Map<String, PlanBuilder.Draft> networks = new HashMap<>();
  private final Map<String, PlanBuilder.Draft> volumes = new HashMap<>();
  private final Set<String> renewed = new HashSet<>();

  ResourcePlanner(
      DesiredState desired, ObservedState observed, PlanBuilder plan, List<Problem> problems) {
    this.desired = desired;
    this.observed = observed;
    this.plan = plan;
    this.problems = problems;
  }

  void plan() {
    desired.networks().values().forEach(this::network);
    desired.volumes().values().forEach(this::volume);
  }

  /** Makes a network of that name, or null when it is there. */
  PlanBuilder.@Nullable Draft network(String name) {
    return networks.get(name);
  }

  /** Makes a volume of that name, or null when it is there. */
  PlanBuilder.@Nullable Draft volume(String name) {
    return volumes.get(name);
  }

  /** Names of networks whose old self is removed, so that nothing may be in them meanwhile. */
  Set<String> renewedNetworks() {
    return renewed;
  }

  /** Removes the old self of a renewed network. */
  PlanBuilder.@Nullable Draft removal(String network) {
    return networks.get("-" + network);
  }

  private void network(DesiredNetwork network) {
    String name = network.name();
    NetworkView there = observed.networks().get(name);
    if (there == null) {
      if (network.external()) {
        problems.add(
            new Problem(
                Location.NONE,
                "networks." + network.key(),
                "network " + name + " is external and does not exist",
                "create it, or remove \"external\" to have it made here"));
        return;
      }
      networks.put(name, plan.add(new Action.CreateNetwork(network.spec()), "it does not exist"));
      return;
    }
    if (network.external()) {
      return;
    }
    Map<String, String> labels = there.labels();
    String hash = labels.get(Labels.CONFIG_HASH);
    if (hash == null || !desired.project().equals(labels.get(Labels.PROJECT))) {
      plan.warn(
          "network "
              + name
              + " was not made for this project and is used as it is; say \"external: true\" if that"
              + " is meant");
    } else if (!hash.equals(network.hash())) {
      renewed.add(name);
      PlanBuilder.Draft removal =
          plan.add(new Action.RemoveNetwork(name, there.id()), "its configuration changed");
      networks.put("-" + name, removal);
      networks.put(
          name,
          plan.add(new Action.CreateNetwork(network.spec()), "its configuration changed")
              .after(removal));
    }
  }

  private void volume(DesiredVolume volume) {
    String name = volume.name();
    VolumeView there = observed.volumes().get(name);
    if (there == null) {
      if (volume.external()) {
        problems.add(
            new Problem(
                Location.NONE,
                "volumes." + volume.key(),
                "volume " + name + " is external and does not exist",
                "create it, or remove \"external\" to have it made here"));
        return;
      }
      volumes.put(name, plan.add(new Action.CreateVolume(volume.spec()), "it does not exist"));
      return;
    }
    if (volume.external()) {
      return;
    }
    String hash = there.labels().get(Labels.CONFIG_HASH);
    if (hash == null || !desired.project().equals(there.labels().get(Labels.PROJECT))) {
      plan.warn(
          "volume "
              + name
              + " was not made for this project and is used as it is; say \"external: true\" if that"
              + " is meant");
    } else if (!hash.equals(volume.hash())) {
      plan.warn(
          "volume "
              + name
              + " was made with another configuration and is kept with its data; remove it with"
              + " \"down -v\" to have it made anew");
    }
  }
}
