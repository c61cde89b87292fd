package dev.jcompose.core.plan;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.ImageNeed;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.project.build.Build;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans {@code pull} and {@code push}: each image once (compose facts 3.17), those that services
 * mount among them.
 */
public final class TransferPlanner {
  private static final String LATEST = "latest";

  private TransferPlanner() {}

  /**
   * What {@code pull} does. Unlike {@code up} it fetches what is there already, because that may be
   * old; only "missing" trusts a name that is not {@code latest}.
   */
  public static Plan pull(DesiredState desired, ObservedState observed, PullOptions options) {
    PullSteps pulls = new PullSteps();
    Set<String> built = desired.builtImages();
    for (DesiredService service : desired.services().values()) {
      if (!options.services().isEmpty() && !options.services().contains(service.name())) {
        continue;
      }
      List<ImageNeed> needs = new ArrayList<>(List.of(service.image()));
      service.mountedImages().stream()
          .filter(mounted -> !built.contains(mounted.reference()))
          .forEach(needs::add);
      for (ImageNeed need : needs) {
        String why = cause(need, observed.images().containsKey(need.reference()), options);
        if (!why.isEmpty()) {
          pulls.add(need, why);
        }
      }
    }
    return pulls.plan();
  }

  private static String cause(ImageNeed need, boolean present, PullOptions options) {
    if (need.built() && (options.ignoreBuildable() || !need.named())) {
      return "";
    }
    if (options.policy().isEmpty() && !need.policyGiven()) {
      return "pull fetches every image";
    }
    return switch (options.policy().orElse(need.policy().kind())) {
      case ALWAYS -> "the policy is \"always\"";
      case REFRESH -> "the policy has it refreshed";
      case MISSING ->
          !present
              ? "it is not here"
              : isLatest(need.reference()) ? "its tag is latest, which moves" : "";
      case NEVER, BUILD -> "";
    };
  }

  private static boolean isLatest(String reference) {
    if (reference.indexOf('@') >= 0) {
      return false;
    }
    int colon = reference.indexOf(':', reference.lastIndexOf('/') + 1);
    return colon < 0 || reference.substring(colon + 1).equals(LATEST);
  }

  /**
   * What {@code push} does: the images of services that are built and named, with all their tags.
   *
   * @param services whose images; empty for all
   */
  public static Plan push(Project project, Set<String> services) {
    Set<String> references = new LinkedHashSet<>();
    List<String> warnings = new ArrayList<>();
    for (Service service : project.services().values()) {
      Build build = service.build();
      String image = service.image();
      if (!services.isEmpty() && !services.contains(service.name())) {
        continue;
      }
      if (build == null) {
        if (services.contains(service.name())) {
          warnings.add(
              "services.%s has no build:, so its image is somebody else's and not pushed; `jcompose image push %s` does it"
                  .formatted(service.name(), image));
        }
        continue;
      }
      if (image == null) {
        warnings.add(
            "services.%s has no image:, so its image has no name in a registry; it is not pushed"
                .formatted(service.name()));
        continue;
      }
      references.add(image);
      references.addAll(build.tags());
    }
    List<Step> steps = new ArrayList<>();
    for (String reference : references) {
      steps.add(
          new Step(
              steps.size() + 1,
              new Action.PushImage(reference),
              "it is built here and named",
              List.of()));
    }
    return new Plan(steps, warnings);
  }
}
