package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.ImageNeed;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.PullSteps;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.project.process.PullPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the images to pull before anything can be planned, because what is pulled decides which
 * containers are out of date (compose facts 3.17).
 */
final class Pulls {
  private Pulls() {}

  static Plan plan(DesiredState desired, ObservedState observed, Instant now) {
    return plan(desired, observed, now, true);
  }

  /** Only those of images that are here already: a plan made before they are has the others. */
  static Plan again(DesiredState desired, ObservedState observed, Instant now) {
    return plan(desired, observed, now, false);
  }

  private static Plan plan(
      DesiredState desired, ObservedState observed, Instant now, boolean absent) {
    PullSteps pulls = new PullSteps();
    Set<String> built = desired.builtImages();
    for (DesiredService service : desired.services().values()) {
      ImageNeed need = service.image();
      ImageView image = observed.images().get(need.reference());
      String cause = cause(need, image, now);
      if (!cause.isEmpty() && service.replicas() > 0 && (absent || image != null)) {
        pulls.add(need, cause);
      }
      for (ImageNeed mounted : absent ? service.mountedImages() : List.<ImageNeed>of()) {
        if (service.replicas() > 0
            && !observed.images().containsKey(mounted.reference())
            && !built.contains(mounted.reference())
            && mounted.policy().kind() != PullPolicy.Kind.NEVER) {
          pulls.add(mounted, "it is not here");
        }
      }
    }
    return pulls.plan();
  }

  /**
   * The outcome without the failures over images that can be built: for these it warns, and goes on
   * with what is here or builds.
   */
  static Outcome tolerant(Outcome pulled, DesiredState desired) {
    Set<String> built =
        desired.services().values().stream()
            .map(DesiredService::image)
            .filter(ImageNeed::built)
            .map(need -> Progress.id(new Action.PullImage(need.reference(), need.platform())))
            .collect(Collectors.toSet());
    List<Outcome.Failure> failures = new ArrayList<>();
    List<String> warnings = new ArrayList<>(pulled.warnings());
    for (Outcome.Failure failure : pulled.failures()) {
      if (built.contains(failure.id())) {
        warnings.add(failure.text() + "; going on with what is built here");
      } else {
        failures.add(failure);
      }
    }
    return new Outcome(failures, warnings, pulled.cancelled(), pulled.started(), pulled.timings());
  }

  private static String cause(ImageNeed need, @Nullable ImageView image, Instant now) {
    return switch (need.policy().kind()) {
      case ALWAYS -> "pull_policy is \"always\"";
      case REFRESH -> image == null || isOld(need.policy(), image, now) ? "it is old" : "";
      // Before anything is made, so that an image that cannot be had leaves nothing behind.
      case MISSING -> image == null && !need.built() ? "it is not here" : "";
      case NEVER, BUILD -> "";
    };
  }

  private static boolean isOld(PullPolicy policy, ImageView image, Instant now) {
    Duration age = policy.refreshAfter();
    Instant tagged = image.lastTagged();
    return age == null || tagged == null || tagged.plus(age).isBefore(now);
  }
}
