package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.ImageNeed;
import dev.jcompose.core.desired.InitContainer;
import dev.jcompose.core.graph.CycleException;
import dev.jcompose.core.graph.NeedGraph;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.project.Dependency;
import dev.jcompose.core.project.process.PullPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Plans {@code up}, {@code create} and {@code scale}: whatever has to be done so that the project
 * is what its file says (compose facts 3.9 to 3.13).
 */
public final class UpPlanner {
  private final DesiredState desired;
  private final ObservedState observed;
  private final UpOptions options;
  private final PlanBuilder plan = new PlanBuilder();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, Decision> decisions = new LinkedHashMap<>();
  private final Map<String, PlanBuilder.Draft> pulls = new HashMap<>();

  private UpPlanner(DesiredState desired, ObservedState observed, UpOptions options) {
    this.desired = desired;
    this.observed = observed;
    this.options = options;
  }

  /**
   * Makes the plan.
   *
   * @throws ComposeException when something that must exist does not, or a dependency cannot be
   *     met; nothing has been done then
   */
  public static Plan plan(DesiredState desired, ObservedState observed, UpOptions options)
      throws ComposeException {
    DesiredState wanted = desired.scaled(options.scale());
    if (!options.dependencies() && !options.targets().isEmpty()) {
      wanted = wanted.only(options.targets());
    }
    return new UpPlanner(wanted, observed.without(options.held()), options).plan();
  }

  private Plan plan() throws ComposeException {
    desired.warnings().forEach(plan::warn);
    Collection<DesiredService> order = order();
    ResourcePlanner resources = new ResourcePlanner(desired, observed, plan, problems);
    resources.plan();
    order.forEach(this::image);
    // After those of the services, which may be built here.
    order.forEach(this::mountedImages);
    Deciding deciding = new Deciding(desired, observed, options, resources.renewedNetworks());
    for (DesiredService service : order) {
      decisions.put(service.name(), deciding.decide(service, decisions));
    }
    checkConditions();
    if (!problems.isEmpty()) {
      throw new ComposeException(problems);
    }
    ContainerPlanner containers =
        new ContainerPlanner(desired, observed, options, plan, resources, decisions, pulls);
    containers.plan();
    return plan.build();
  }

  private Collection<DesiredService> order() throws ComposeException {
    NeedGraph<String> graph = new NeedGraph<>();
    for (DesiredService service : desired.services().values()) {
      graph.add(service.name());
      List<String> needs = new ArrayList<>(service.dependencies().keySet());
      needs.addAll(service.parents());
      for (String need : needs) {
        if (desired.services().containsKey(need) && !need.equals(service.name())) {
          graph.need(service.name(), need);
        }
      }
    }
    try {
      return graph.order().stream().map(name -> service(name)).toList();
    } catch (CycleException cycle) {
      throw new ComposeException(
          new Problem(
              Location.NONE,
              "services",
              "they need each other in a ring: " + cycle.getMessage(),
              "take one of these dependencies away"));
    }
  }

  private DesiredService service(String name) {
    DesiredService service = desired.services().get(name);
    if (service == null) {
      throw new IllegalStateException("no service " + name);
    }
    return service;
  }

  private void image(DesiredService service) {
    String reference = service.image().reference();
    if (service.replicas() == 0) {
      return;
    }
    for (InitContainer hook : service.preStart()) {
      String own = hook.template().image();
      if (!own.equals(reference) && !observed.images().containsKey(own)) {
        pulls.computeIfAbsent(
            own,
            key ->
                plan.add(new Action.PullImage(key, hook.template().platform()), "it is not here"));
      }
    }
    BuildSpec build = service.image().build();
    String path = "services." + service.name();
    ImageView present = observed.images().get(reference);
    if (present != null) {
      String platform = service.image().platform();
      if (build == null && platform != null && !isFor(platform, present)) {
        problems.add(
            new Problem(
                Location.NONE,
                path + ".image",
                "image "
                    + reference
                    + " is here for "
                    + present.os()
                    + "/"
                    + present.architecture()
                    + ", not for "
                    + platform,
                "`jcompose pull " + service.name() + "` fetches the other, if there is one"));
      }
      return;
    }
    PullPolicy.Kind policy = service.image().policy().kind();
    if (policy == PullPolicy.Kind.NEVER) {
      problems.add(
          new Problem(
              Location.NONE,
              path + ".image",
              "image " + reference + " is not here and pull_policy is \"never\"",
              "pull it first, or remove pull_policy"));
    } else if (build != null) {
      pulls.computeIfAbsent(
          reference, key -> plan.add(new Action.BuildImage(build), "it is not here"));
    } else {
      pulls.computeIfAbsent(
          reference,
          key -> plan.add(new Action.PullImage(key, service.image().platform()), "it is not here"));
    }
  }

  private void mountedImages(DesiredService service) {
    if (service.replicas() == 0) {
      return;
    }
    for (ImageNeed need : service.mountedImages()) {
      String reference = need.reference();
      if (observed.images().containsKey(reference) || pulls.containsKey(reference)) {
        continue;
      }
      if (need.policy().kind() == PullPolicy.Kind.NEVER) {
        problems.add(
            new Problem(
                Location.NONE,
                "services." + service.name() + ".volumes",
                "image " + reference + " is not here and pull_policy is \"never\"",
                "pull it first, or remove pull_policy"));
      } else {
        pulls.put(reference, plan.add(new Action.PullImage(reference, null), "it is not here"));
      }
    }
  }

  /** Whether an image is for a platform; its variant is not looked at. */
  private static boolean isFor(String platform, ImageView image) {
    List<String> parts = List.of(platform.toLowerCase(Locale.ROOT).split("/", -1));
    String architecture = architecture(image.architecture());
    if (architecture.isEmpty()) {
      return true;
    }
    return parts.size() == 1
        ? parts.getFirst().equals(image.os()) || architecture(parts.getFirst()).equals(architecture)
        : parts.getFirst().equals(image.os()) && architecture(parts.get(1)).equals(architecture);
  }

  private static String architecture(String name) {
    return switch (name) {
      case "x86_64", "x86-64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> name;
    };
  }

  /** A condition that can never come true is better said before anything is done. */
  private void checkConditions() {
    for (Decision decision : decisions.values()) {
      DesiredService service = decision.service();
      service
          .dependencies()
          .forEach(
              (name, dependency) -> {
                Decision needed = decisions.get(name);
                if (needed != null
                    && dependency.condition() == Dependency.Condition.SERVICE_HEALTHY
                    && dependency.required()
                    && !Healthchecks.has(
                        needed.service(),
                        observed.images().get(needed.service().image().reference()))) {
                  problems.add(
                      new Problem(
                          Location.NONE,
                          "services." + service.name() + ".depends_on." + name,
                          "condition service_healthy can never be met: service "
                              + name
                              + " has no healthcheck",
                          "give it one, or use condition: service_started"));
                }
              });
    }
  }
}
