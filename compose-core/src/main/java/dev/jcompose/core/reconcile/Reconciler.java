package dev.jcompose.core.reconcile;

import dev.jcompose.core.desired.DesiredService;
import dev.jcompose.core.desired.DesiredState;
import dev.jcompose.core.desired.ImageNeed;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.observed.ObservedState;
import dev.jcompose.core.observed.Observer;
import dev.jcompose.core.plan.Action;
import dev.jcompose.core.plan.BuildPlanner;
import dev.jcompose.core.plan.DownOptions;
import dev.jcompose.core.plan.DownPlanner;
import dev.jcompose.core.plan.LifecycleOptions;
import dev.jcompose.core.plan.LifecyclePlanner;
import dev.jcompose.core.plan.Plan;
import dev.jcompose.core.plan.PullOptions;
import dev.jcompose.core.plan.RollbackPlanner;
import dev.jcompose.core.plan.Step;
import dev.jcompose.core.plan.TransferPlanner;
import dev.jcompose.core.plan.UpOptions;
import dev.jcompose.core.plan.UpPlanner;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.build.BuildListener;
import dev.jcompose.core.port.build.BuildOptions;
import dev.jcompose.core.port.spec.Adjustable;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.process.PullPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine match a project: looks, plans, carries the plan out. One operation at a time;
 * {@link #cancel} may be called from any thread.
 */
public final class Reconciler {
  private final Engine engine;
  private final Consumer<ProgressEvent> listener;
  private final boolean serial;
  private final Observer observer;
  private BuildListener builds = BuildListener.SILENT;
  private @Nullable Duration waitTimeout;
  private int transfers;
  private @Nullable Consumer<Plan> told;
  private @Nullable Executor running;
  private boolean cancelled;

  /**
   * Works through an engine's port.
   *
   * @param listener hears one event at a time, from any thread
   * @param serial whether steps are done one after the other in the order of the plan
   */
  public Reconciler(Engine engine, Consumer<ProgressEvent> listener, boolean serial) {
    this.engine = engine;
    this.listener = listener;
    this.serial = serial;
    this.observer = new Observer(engine, serial);
  }

  /** Bounds how long steps that wait for containers may take in all; null for no bound. */
  public Reconciler waitingAtMost(@Nullable Duration timeout) {
    this.waitTimeout = timeout;
    return this;
  }

  /**
   * Bounds how many images are fetched, sent or built at once; 0 for no bound. What is done to
   * containers has none (compose facts 1.2).
   */
  public Reconciler transferringAtMost(int images) {
    this.transfers = images;
    return this;
  }

  /** Has somebody hear what builds do. */
  public Reconciler tellingBuildsTo(BuildListener listening) {
    this.builds = listening;
    return this;
  }

  /** Has every plan told to somebody instead of carried out: nothing is changed then. */
  public Reconciler onlyTelling(Consumer<Plan> plans) {
    this.told = plans;
    return this;
  }

  /** Begins nothing more and interrupts what runs; the operation then ends soon. */
  public void cancel() {
    Executor executor;
    synchronized (this) {
      cancelled = true;
      executor = running;
    }
    if (executor != null) {
      executor.cancel();
    }
  }

  /** All containers of a project, one-offs among them, sorted by name. */
  public List<ContainerView> containers(String project) {
    return observer.containers(project);
  }

  /**
   * What {@link #up} would do.
   *
   * @throws ComposeException when it would refuse
   */
  public Plan planUp(DesiredState desired, UpOptions options) throws ComposeException {
    requireImageMounts(desired);
    return UpPlanner.plan(desired, observe(desired), options);
  }

  /**
   * Makes what is desired exist and, unless told otherwise, run.
   *
   * @throws ComposeException when something is missing that nothing can make; nothing was done then
   */
  public Outcome up(DesiredState desired, UpOptions options) throws ComposeException {
    requireImageMounts(desired);
    ObservedState observed = observe(desired);
    Plan pulls = Pulls.plan(desired, observed, Instant.now());
    Outcome pulled = Outcome.NOTHING;
    long began = System.nanoTime();
    if (!pulls.isEmpty()) {
      pulled = Pulls.tolerant(execute(pulls), desired);
      if (!pulled.ok()) {
        return pulled;
      }
      observed = observe(desired);
    }
    Plan plan = UpPlanner.plan(desired, observed, options);
    tellUnchanged(desired, observed, plan, options);
    long started = System.nanoTime();
    Outcome done = execute(plan);
    if (!done.ok()
        && !done.cancelled()
        && desired.services().values().stream().anyMatch(DesiredService::rollsBack)) {
      ObservedState left = observer.observe(desired.project(), Observer.Wanted.CONTAINERS);
      Outcome back = execute(RollbackPlanner.plan(desired, observed, left));
      done = done.then(back, Duration.ofNanos(System.nanoTime() - started));
    }
    return pulled.then(done, Duration.ofNanos(System.nanoTime() - began));
  }

  /**
   * Builds, fetches and all that {@link #up} would do after them, as far as it can be known before.
   *
   * @param all whether every service with a build section is built
   * @throws ComposeException when it would refuse
   */
  public Plan foresee(Project project, DesiredState desired, UpOptions options, boolean all)
      throws ComposeException {
    requireImageMounts(desired);
    ObservedState observed = observe(desired);
    List<String> again = new ArrayList<>();
    for (DesiredService service : desired.services().values()) {
      ImageNeed image = service.image();
      if (isBuilt(image, all) && observed.images().containsKey(image.reference())) {
        again.add(service.name());
      }
    }
    Plan builds = BuildPlanner.plan(project, desired.separator(), again, BuildOptions.NONE);
    Plan pulls = Pulls.again(desired, observed, Instant.now());
    Plan up = UpPlanner.plan(desired, observed, options);
    List<String> warnings = new ArrayList<>();
    if (options.recreate() != UpOptions.Recreate.NEVER && (!builds.isEmpty() || !pulls.isEmpty())) {
      warnings.add("where a build or a fetch changes an image, its containers are replaced, too");
    }
    return builds.then(pulls).then(up).then(new Plan(List.of(), warnings));
  }

  /**
   * Starts a container that was made and held back, with what its service runs after a start.
   *
   * @param container its name
   */
  public Outcome startHeld(DesiredService service, String container) {
    return execute(LifecyclePlanner.startHeld(service, container));
  }

  /**
   * The builds without which {@link #up} cannot go on: of images that are not here, of those whose
   * policy is to be built each time, and of all when asked.
   *
   * @param all whether every service with a build section is built
   * @throws ComposeException when a build asks for what cannot be had
   */
  public Plan planBuilds(Project project, DesiredState desired, BuildOptions options, boolean all)
      throws ComposeException {
    requireImageMounts(desired);
    List<String> wanted = new ArrayList<>();
    for (DesiredService service : desired.services().values()) {
      ImageNeed image = service.image();
      if (isBuilt(image, all)
          || (image.built()
              && service.replicas() > 0
              && engine.image(image.reference()).isEmpty())) {
        wanted.add(service.name());
      }
    }
    return BuildPlanner.plan(project, desired.separator(), wanted, options);
  }

  /** Whether it is built although it may be here. */
  private static boolean isBuilt(ImageNeed image, boolean all) {
    return image.built() && (all || image.policy().kind() == PullPolicy.Kind.BUILD);
  }

  /** What {@link #pull} would do. */
  public Plan planPull(DesiredState desired, PullOptions options) {
    return TransferPlanner.pull(desired, observe(desired), options);
  }

  /** Fetches the images of services. */
  public Outcome pull(DesiredState desired, PullOptions options) {
    return execute(planPull(desired, options));
  }

  /** What {@link #down} would do. */
  public Plan planDown(ProjectScope scope, DownOptions options) {
    DesiredState desired = scope.desired();
    List<String> images = new ArrayList<>();
    if (desired != null && options.images() != DownOptions.Images.NONE) {
      desired.services().values().forEach(service -> images.add(service.image().reference()));
    }
    ObservedState observed =
        observer.observe(scope.name(), new Observer.Wanted(true, options.volumes(), images));
    return DownPlanner.plan(observed, desired, options);
  }

  /** Removes a project's containers and networks, and more where asked. */
  public Outcome down(ProjectScope scope, DownOptions options) {
    return execute(planDown(scope, options));
  }

  /** Starts existing containers. */
  public Outcome start(ProjectScope scope, LifecycleOptions options) {
    return lifecycle(scope, options, LifecyclePlanner::start);
  }

  /** Stops containers and keeps them. */
  public Outcome stop(ProjectScope scope, LifecycleOptions options) {
    return lifecycle(scope, options, LifecyclePlanner::stop);
  }

  /** Restarts existing containers. */
  public Outcome restart(ProjectScope scope, LifecycleOptions options) {
    return lifecycle(scope, options, LifecyclePlanner::restart);
  }

  /** Sends a signal to running containers. */
  public Outcome kill(ProjectScope scope, LifecycleOptions options) {
    return kill(scope, options, false);
  }

  /** The same, and removes the containers that no service of the file has, where asked. */
  public Outcome kill(ProjectScope scope, LifecycleOptions options, boolean removeOrphans) {
    return lifecycle(scope, options, planner -> planner.kill(removeOrphans));
  }

  /** Freezes running containers. */
  public Outcome pause(ProjectScope scope, LifecycleOptions options) {
    return lifecycle(scope, options, LifecyclePlanner::pause);
  }

  /** Lets frozen containers go on. */
  public Outcome unpause(ProjectScope scope, LifecycleOptions options) {
    return lifecycle(scope, options, LifecyclePlanner::unpause);
  }

  /** Removes stopped containers, and running ones too when they may be stopped for it. */
  public Outcome remove(ProjectScope scope, LifecycleOptions options, boolean stopFirst) {
    return lifecycle(scope, options, planner -> planner.remove(stopFirst));
  }

  /** Carries out a plan made before. */
  public Outcome execute(Plan plan) {
    if (told != null) {
      told.accept(plan);
      return Outcome.NOTHING;
    }
    Executor executor =
        new Executor(plan, engine, listener, builds, serial, transfers, waitTimeout);
    synchronized (this) {
      if (cancelled) {
        executor.cancel();
      }
      running = executor;
    }
    try {
      return executor.run();
    } finally {
      synchronized (this) {
        running = null;
      }
    }
  }

  private Outcome lifecycle(
      ProjectScope scope, LifecycleOptions options, Function<LifecyclePlanner, Plan> verb) {
    ObservedState observed = observer.observe(scope.name(), Observer.Wanted.CONTAINERS);
    return execute(verb.apply(new LifecyclePlanner(observed, scope.desired(), options)));
  }

  /** Said before anything is built, fetched or made; asked only where a service needs it. */
  private void requireImageMounts(DesiredState desired) throws ComposeException {
    List<Problem> problems = new ArrayList<>();
    for (DesiredService service : desired.services().values()) {
      if (service.replicas() > 0 && !service.mountedImages().isEmpty() && !engine.mountsImages()) {
        problems.add(
            new Problem(
                Location.NONE,
                "services." + service.name() + ".volumes",
                "this engine cannot mount images, which Docker can from version 28 (API 1.48) on",
                "use a newer engine, or put the files into the service's own image"));
      }
    }
    if (!problems.isEmpty()) {
      throw new ComposeException(problems);
    }
  }

  private ObservedState observe(DesiredState desired) {
    Set<String> images = new LinkedHashSet<>();
    for (DesiredService service : desired.services().values()) {
      images.add(service.image().reference());
      service.preStart().forEach(hook -> images.add(hook.template().image()));
      service.template().storage().images().forEach(mount -> images.add(mount.image()));
    }
    ObservedState observed =
        observer.observe(
            desired.project(),
            new Observer.Wanted(
                !desired.networks().isEmpty(), !desired.volumes().isEmpty(), images));
    Map<String, Adjustable> adjustables = new HashMap<>();
    for (ContainerView container : observed.containers()) {
      DesiredService service = desired.services().get(container.label(Labels.SERVICE));
      if (service != null && !service.hash().equals(container.label(Labels.CONFIG_HASH))) {
        try {
          adjustables.put(container.id(), engine.adjustable(container.id()));
        } catch (EngineException e) {
          // It has gone, or will be replaced for what cannot be told.
        }
      }
    }
    return adjustables.isEmpty() ? observed : observed.withAdjustables(adjustables);
  }

  /** Users want to see that what they asked for is there although nothing had to be done. */
  private void tellUnchanged(
      DesiredState desired, ObservedState observed, Plan plan, UpOptions options) {
    Set<String> touched = new HashSet<>();
    for (Step step : plan.steps()) {
      if (step.action() instanceof Action.OnContainer on) {
        touched.add(on.container().name());
      }
    }
    for (Map.Entry<String, List<ContainerView>> service : observed.replicas().entrySet()) {
      if (!desired.services().containsKey(service.getKey())
          || options.held().contains(service.getKey())) {
        continue;
      }
      for (ContainerView container : service.getValue()) {
        if (container.status().up() && !touched.contains(container.name())) {
          listener.accept(
              new ProgressEvent.Done("Container " + container.name(), "Running", Duration.ZERO));
        }
      }
    }
  }
}
