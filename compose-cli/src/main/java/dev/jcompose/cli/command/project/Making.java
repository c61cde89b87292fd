package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.Arguments;
import dev.jcompose.cli.command.Syntax;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.Setting;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.plan.UpOptions.Recreate;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.process.PullPolicy;
import dev.jcompose.core.reconcile.ProgressEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The options that {@code up} and {@code create} share: how containers come into being. */
final class Making {
  private Making() {}

  static void describe(Syntax syntax) {
    syntax
        .flag("Replace containers even when nothing changed.", "--force-recreate")
        .flag("Never replace containers that exist.", "--no-recreate")
        .flag("Build no image.", "--no-build")
        .flag("Remove containers of services that are no longer in the file.", "--remove-orphans")
        .list("SERVICE=N", "How many containers a service has; may be repeated.", "--scale")
        .flag("Answer yes to every question; jcompose asks none here.", "-y", "--yes")
        .operands("SERVICE", "0..*", "Only these services and what they need.");
    describeImages(syntax);
  }

  /** How the images of the services come to be here. */
  static void describeImages(Syntax syntax) {
    syntax
        .text("WHEN", "Fetch images: always, missing or never.", "--pull")
        .flag("Show no progress of fetching images.", "--quiet-pull")
        .flag("Build images although they are here.", "--build")
        .flag("Show no progress of building images.", "--quiet-build");
  }

  /** What is desired, with the changes the options make to it. */
  static DesiredState desired(Arguments arguments, Session session, Project project)
      throws ComposeException {
    if (project.services().isEmpty() && !session.options().allResources()) {
      throw new UserError(
          ExitCode.FAILURE,
          project.disabledServices().isEmpty()
              ? "the Compose file has no services; add one under services:"
              : "no service is enabled; name one, or enable a profile with --profile");
    }
    DesiredState desired =
        Operation.desired(session, project).scaled(scale(arguments.list("--scale"), project));
    if (arguments.flag("--no-build")) {
      desired = desired.withoutBuilds();
    }
    String pull = arguments.text("--pull", "policy");
    if (pull.equals("policy")) {
      return desired;
    }
    PullPolicy policy = PullPolicy.parse(pull);
    if (policy == null
        || policy.kind() == PullPolicy.Kind.BUILD
        || policy.kind() == PullPolicy.Kind.REFRESH) {
      throw UserError.usage("--pull \"" + pull + "\" is not known; write always, missing or never");
    }
    return desired.pulling(policy);
  }

  /** Refuses what cannot go together, then says how to go about it. */
  static UpOptions options(Arguments arguments, Session session) {
    exclude(arguments, "--force-recreate", "--no-recreate");
    exclude(arguments, "--build", "--no-build");
    boolean ignoresOrphans = Setting.IGNORE_ORPHANS.isOn(session.environment());
    boolean removesOrphans =
        arguments.flag("--remove-orphans", Setting.REMOVE_ORPHANS.isOn(session.environment()));
    if (removesOrphans && ignoresOrphans) {
      throw UserError.usage(
          (arguments.flag("--remove-orphans") ? "--remove-orphans" : "COMPOSE_REMOVE_ORPHANS")
              + " contradicts COMPOSE_IGNORE_ORPHANS; drop one of them");
    }
    boolean keeps = arguments.flag("--no-recreate");
    return UpOptions.DEFAULT
        .withTargets(Set.copyOf(arguments.operands()))
        .withRecreate(
            arguments.flag("--force-recreate")
                ? Recreate.ALWAYS
                : keeps ? Recreate.NEVER : Recreate.DIVERGED,
            keeps ? Recreate.NEVER : Recreate.DIVERGED)
        .withStart(false)
        .withOrphans(removesOrphans, ignoresOrphans);
  }

  /** Which progress is to be seen. */
  static Predicate<ProgressEvent> shown(Arguments arguments) {
    boolean quiet = arguments.flag("--quiet-pull");
    return event -> !quiet || !event.id().startsWith("Image ");
  }

  /** Refuses two options that contradict each other. */
  static void exclude(Arguments arguments, String one, String other) {
    if (arguments.flag(one) && arguments.flag(other)) {
      throw UserError.usage(one + " and " + other + " contradict each other; drop one of them");
    }
  }

  /** Reads entries {@code SERVICE=N}. */
  static Map<String, Integer> scale(List<String> entries, Project project) throws ComposeException {
    Map<String, Integer> scale = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      String service = equals < 0 ? entry : entry.substring(0, equals);
      ComposeException.requireServices(List.of(service), project.services().keySet());
      try {
        int replicas = Integer.parseInt(entry.substring(equals + 1));
        if (replicas < 0) {
          throw new NumberFormatException("negative");
        }
        scale.put(service, replicas);
      } catch (NumberFormatException e) {
        throw new UserError(ExitCode.USAGE, "\"" + entry + "\" has no number; write SERVICE=N", e);
      }
    }
    return scale;
  }
}
