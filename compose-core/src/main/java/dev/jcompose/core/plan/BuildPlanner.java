package dev.jcompose.core.plan;

import dev.jcompose.core.desired.BuildTranslator;
import dev.jcompose.core.graph.CycleException;
import dev.jcompose.core.graph.NeedGraph;
import dev.jcompose.core.port.build.BuildOptions;
import dev.jcompose.core.port.build.BuildSpec;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.build.Build;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans the builds of services: each is one step, and one that takes another's image as a context
 * comes after it. Builds that need nothing of each other run at the same time.
 */
public final class BuildPlanner {
  private final Project project;
  private final String separator;
  private final BuildOptions options;
  private final Map<String, BuildSpec> specs = new LinkedHashMap<>();
  private final NeedGraph<String> graph = new NeedGraph<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private BuildPlanner(Project project, String separator, BuildOptions options) {
    this.project = project;
    this.separator = separator;
    this.options = options;
  }

  /**
   * Makes the plan.
   *
   * @param separator between the parts of an image's name, "-" unless in compatibility mode
   * @param services those to build; the ones without a build section are passed over. What they
   *     take images of comes along
   * @throws ComposeException when a build asks for what cannot be had
   */
  public static Plan plan(
      Project project, String separator, Collection<String> services, BuildOptions options)
      throws ComposeException {
    return new BuildPlanner(project, separator, options).plan(services);
  }

  private Plan plan(Collection<String> services) throws ComposeException {
    services.forEach(this::add);
    if (!problems.isEmpty()) {
      throw new ComposeException(problems);
    }
    Map<String, Integer> numbers = new HashMap<>();
    List<Step> steps = new ArrayList<>();
    for (String name : order()) {
      BuildSpec spec = specs.get(name);
      if (spec == null) {
        continue;
      }
      numbers.put(name, steps.size() + 1);
      List<Step.Need> needs =
          spec.needs().stream()
              .map(numbers::get)
              .filter(number -> number != null)
              .distinct()
              .sorted()
              .map(number -> new Step.Need(number, true))
              .toList();
      steps.add(new Step(steps.size() + 1, new Action.BuildImage(spec), "service " + name, needs));
    }
    return new Plan(steps, warnings);
  }

  private void add(String name) {
    Service service = BuildTranslator.find(project, name);
    BuildSpec spec = service == null ? null : BuildTranslator.spec(project, separator, service);
    if (service == null || spec == null || specs.containsKey(name)) {
      return;
    }
    check(service);
    specs.put(name, spec.with(options));
    graph.add(name);
    for (String need : spec.needs()) {
      add(need);
      graph.need(name, need);
    }
  }

  private List<String> order() throws ComposeException {
    try {
      return graph.order();
    } catch (CycleException cycle) {
      throw new ComposeException(
          new Problem(
              Location.NONE,
              "services",
              "their builds need each other's images in a ring: " + cycle.getMessage(),
              "take one of these additional_contexts away"));
    }
  }

  private void check(Service service) {
    Build build = service.build();
    if (build == null) {
      return;
    }
    String path = "services." + service.name() + ".build.";
    String isolation = build.isolation();
    if (isolation != null && !isolation.isEmpty() && !isolation.equals("default")) {
      problem(path + "isolation", "\"" + isolation + "\" is for Windows", "remove it");
    }
    String platform = BuildTranslator.platform(project, service);
    if (platform != null && !build.platforms().isEmpty() && !build.platforms().contains(platform)) {
      problem(
          path + "platforms",
          platform + " of DOCKER_DEFAULT_PLATFORM is not among them",
          "add it, or give the service a platform");
    } else if (build.platforms().size() > 1) {
      problem(
          path + "platforms",
          "one build makes an image for one platform, not for " + build.platforms().size(),
          "name one platform");
    }
    for (Build.BuildSecret secret : build.secrets()) {
      if (!project.secrets().containsKey(secret.source())) {
        problem(
            path + "secrets",
            "\""
                + secret.source()
                + "\" was not read, because "
                + service.name()
                + " is not enabled",
            "run jcompose build " + service.name() + " first");
      }
    }
    attestation(path + "provenance", build.provenance());
    attestation(path + "sbom", build.sbom());
  }

  private void attestation(String path, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.equals("false")) {
      warnings.add(path + " is not made: images built here carry no attestations");
    }
  }

  private void problem(String path, String text, String nextMove) {
    problems.add(new Problem(Location.NONE, path, text, nextMove));
  }
}
