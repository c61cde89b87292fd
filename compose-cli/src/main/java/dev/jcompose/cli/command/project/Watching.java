package dev.jcompose.cli.command.project;

import dev.jcompose.cli.command.ProjectContext;
import dev.jcompose.cli.render.progress.ProgressStyle;
import dev.jcompose.cli.session.ExitCode;
import dev.jcompose.cli.session.Session;
import dev.jcompose.cli.session.UserError;
import dev.jcompose.cli.watch.Reactions;
import dev.jcompose.cli.watch.Watch;
import dev.jcompose.cli.watch.WatchException;
import dev.jcompose.cli.watch.WatchPlan;
import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.plan.BuildPlanner;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildOptions;
import dev.jcompose.core.port.view.ImageView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.reconcile.Outcome;
import dev.jcompose.core.reconcile.ProjectScope;
import dev.jcompose.core.reconcile.Reconciler;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the files of a project in the background, and rebuilds, restarts and replaces what has to
 * be, in terms of the reconciler.
 */
final class Watching implements Reactions, AutoCloseable {
  private final Session session;
  private final Engine engine;
  private final List<String> named;
  private final Options options;
  private final Consumer<String> log;
  private Project project;
  private Project built;
  private @Nullable Watch watch;
  private volatile @Nullable Reconciler working;
  private volatile boolean closed;

  /**
   * How rebuilds go about it.
   *
   * @param builds how builds are shown
   * @param prunes whether images that lose their name in a rebuild are removed
   */
  record Options(ProgressStyle builds, boolean prunes) {}

  Watching(
      Session session,
      Engine engine,
      Project project,
      List<String> named,
      Options options,
      Consumer<String> log) {
    this.session = session;
    this.engine = engine;
    this.project = project;
    this.built = project;
    this.named = named;
    this.options = options;
    this.log = log;
  }

  /** What a project gives to watch; refused in a sentence when that is nothing. */
  static WatchPlan plan(LoadedProject loaded, List<String> named) {
    try {
      return WatchPlan.of(loaded.project(), named, loaded.sources());
    } catch (WatchException e) {
      throw new UserError(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  /** Loads the project with the files it is read from. */
  static LoadedProject load(Session session, List<String> named) throws ComposeException {
    return ProjectContext.loadWhole(session, named, EnumSet.noneOf(LoadRequest.Skip.class));
  }

  /**
   * Watches until closed.
   *
   * @throws UserError when the files cannot be watched
   */
  void run(WatchPlan plan) throws InterruptedException {
    try (Watch opened = new Watch(engine, plan, this, log)) {
      synchronized (this) {
        watch = opened;
        if (closed) {
          opened.close();
        }
      }
      plan.warnings().forEach(log);
      log.accept("Watching for changes");
      opened.run();
    } catch (WatchException e) {
      throw new UserError(ExitCode.FAILURE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void rebuild(Set<String> services) {
    carryOut(
        "Rebuilding",
        reconciler -> {
          DesiredState desired = Operation.desired(session, project);
          List<ImageView> before = images(desired, services);
          Outcome built = build(plan(services));
          if (!built.ok()) {
            return built;
          }
          Outcome outcome = reconciler.up(desired, UpOptions.replacing(services));
          if (outcome.ok()) {
            prune(before);
            log.accept("Rebuilt " + String.join(", ", services));
          }
          return outcome;
        });
  }

  /** Those whose image is not here, or is built in another way than before. */
  private Set<String> toBuild(Project before, DesiredState desired) {
    Set<String> services = new LinkedHashSet<>();
    for (Service service : project.services().values()) {
      Service old = before.services().get(service.name());
      DesiredService wanted = desired.services().get(service.name());
      if (old == null
          || !Objects.equals(old.build(), service.build())
          || (wanted != null && engine.image(wanted.image().reference()).isEmpty())) {
        services.add(service.name());
      }
    }
    return services;
  }

  private Plan plan(Set<String> services) throws ComposeException {
    return BuildPlanner.plan(
        project,
        ProjectContext.separator(session),
        services,
        BuildOptions.withProxies(ProjectContext.proxies(session)));
  }

  private Outcome build(Plan plan) {
    return Building.carryOut(
        session, engine, plan, options.builds(), BuildListener.SILENT, this::works);
  }

  private List<ImageView> images(DesiredState desired, Set<String> services) {
    return desired.services().values().stream()
        .filter(service -> services.contains(service.name()))
        .map(DesiredService::image)
        .flatMap(image -> engine.image(image.reference()).stream())
        .toList();
  }

  private void prune(List<ImageView> images) {
    if (!options.prunes()) {
      return;
    }
    for (ImageView image : images) {
      try {
        if (engine.image(image.id()).map(now -> now.tags().isEmpty()).orElse(false)) {
          engine.removeImage(image.id());
        }
      } catch (EngineException e) {
        // Somebody else uses it.
      }
    }
  }

  @Override
  public void restart(Set<String> services) {
    carryOut(
        "Restarting",
        reconciler -> {
          Outcome outcome =
              reconciler.restart(
                  ProjectScope.of(Operation.desired(session, project)),
                  LifecycleOptions.of(services));
          if (outcome.ok()) {
            log.accept("Restarted " + String.join(", ", services));
          }
          return outcome;
        });
  }

  @Override
  public Optional<WatchPlan> reload() {
    try {
      LoadedProject loaded = load(session, named);
      WatchPlan plan = WatchPlan.of(loaded.project(), named, loaded.sources());
      built = project;
      project = loaded.project();
      return Optional.of(plan);
    } catch (ComposeException | WatchException | UserError e) {
      log.accept(e.getMessage() + "; watching what was there before");
      return Optional.empty();
    }
  }

  @Override
  public void converge() {
    carryOut(
        "Changing the project",
        reconciler -> {
          DesiredState desired = Operation.desired(session, project);
          Outcome images = build(plan(toBuild(built, desired)));
          if (!images.ok()) {
            return images;
          }
          Outcome outcome = reconciler.up(desired, UpOptions.of(Set.copyOf(named)));
          if (outcome.ok()) {
            log.accept("The project is as its files say");
          }
          return outcome;
        });
  }

  private void works(Reconciler reconciler) {
    working = reconciler;
    if (closed) {
      reconciler.cancel();
    }
  }

  /** Whatever fails is told, and the watch goes on. */
  private void carryOut(String what, Operation.Work work) {
    try {
      Reconciler reconciler = Operation.reconciler(session, engine, event -> {});
      works(reconciler);
      Outcome outcome = work.with(reconciler);
      outcome.warnings().forEach(log);
      outcome.failures().forEach(failure -> log.accept(what + " failed: " + failure.text()));
    } catch (ComposeException | EngineException | UserError e) {
      log.accept(what + " failed: " + e.getMessage());
    } finally {
      working = null;
    }
  }

  /** Whether something is being rebuilt, restarted or replaced, so that containers end. */
  boolean isWorking() {
    return working != null;
  }

  /** Ends {@link #run}, and what it is about. */
  @Override
  public void close() {
    closed = true;
    Reconciler busy = working;
    if (busy != null) {
      busy.cancel();
    }
    synchronized (this) {
      if (watch != null) {
        watch.close();
      }
    }
  }
}
