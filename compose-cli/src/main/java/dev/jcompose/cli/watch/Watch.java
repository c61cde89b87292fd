package dev.jcompose.cli.watch;

import dev.jcompose.core.desired.ExecHook;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.core.port.view.ContainerView;
import dev.jcompose.core.project.deploy.WatchRule;
import dev.jcompose.core.project.process.Hook;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Watches the files of a project and does what its rules say, one batch after the other. Whatever
 * was copied is copied again into containers that come later, so a container that is replaced has
 * what the one before it had.
 */
public final class Watch implements AutoCloseable {
  /** So many at once are hardly written by hand (compose facts 3.27). */
  private static final int MANY = 1_000;

  private final WatchedContainers containers;
  private final Reactions reactions;
  private final Consumer<String> log;
  private final ChangeQueue queue = new ChangeQueue(System::nanoTime);
  private final Map<String, Map<String, Path>> copied = new HashMap<>();
  private final Set<String> upToDate = new HashSet<>();
  private final EventReader events;
  private final TreeWatcher watcher;
  private WatchPlan plan;
  private volatile boolean closed;
  private volatile boolean engineGone;

  /**
   * Begins to watch; what changes from now on counts.
   *
   * @param log is told what is done, a line at a time
   * @throws WatchException when the kernel watches no more directories for us
   */
  public Watch(Engine engine, WatchPlan plan, Reactions reactions, Consumer<String> log)
      throws WatchException {
    this.containers = new WatchedContainers(engine, plan.project().name());
    this.reactions = reactions;
    this.log = log;
    this.plan = plan;
    this.events =
        engine.events(EventRequest.containersWith(Labels.PROJECT + "=" + plan.project().name()));
    try {
      this.watcher = new TreeWatcher(queue::changed, e -> log.accept(unwatchable(e)));
    } catch (IOException e) {
      events.close();
      throw new WatchException(unwatchable(e));
    }
    try {
      this.watcher.watch(plan.roots(), plan::skips);
    } catch (IOException e) {
      close();
      throw new WatchException(unwatchable(e));
    }
    Thread.ofVirtual().name("watch containers").start(this::listen);
  }

  private static String unwatchable(IOException e) {
    return "files cannot be watched ("
        + e.getMessage()
        + "); leave directories out with ignore, or raise fs.inotify.max_user_watches";
  }

  private void listen() {
    try {
      for (EngineEvent event = events.next(); event != null; event = events.next()) {
        if (event.action().equals("start")) {
          queue.started(event.id());
        }
      }
      engineGone = !closed;
    } catch (EngineException e) {
      engineGone = !closed;
    }
    queue.close();
  }

  /**
   * Reacts until closed or interrupted.
   *
   * @throws WatchException when the engine has gone
   */
  public void run() throws InterruptedException, WatchException {
    try {
      copyAtFirst(watched -> true);
      for (Optional<ChangeQueue.Batch> batch = queue.take();
          batch.isPresent();
          batch = queue.take()) {
        react(batch.get());
      }
    } finally {
      close();
    }
    if (engineGone) {
      throw new WatchException("the engine has gone, and the watch with it; begin it again");
    }
  }

  private void react(ChangeQueue.Batch batch) {
    if (batch.paths().stream().anyMatch(plan.sources()::contains)) {
      reload();
    }
    Reaction reaction = Reaction.to(batch.paths(), plan.paths());
    if (batch.paths().size() > MANY) {
      log.accept(
          batch.paths().size()
              + " files changed at once; keep what is made by tools out with ignore");
    }
    if (!reaction.rebuilds().isEmpty()) {
      log.accept("Rebuilding " + String.join(", ", reaction.rebuilds()) + " after a change");
      reactions.rebuild(reaction.rebuilds());
    }
    for (Map.Entry<String, Map<String, Path>> copy : reaction.copies().entrySet()) {
      copiesOf(copy.getKey()).putAll(copy.getValue());
      copy(copy.getKey(), copy.getValue());
    }
    if (!reaction.restarts().isEmpty()) {
      reactions.restart(reaction.restarts());
    }
    reaction.commands().forEach(this::command);
    if (!batch.started().isEmpty()) {
      bringUpToDate();
    }
  }

  private void reload() {
    log.accept("The project's files changed; reading them again");
    Optional<WatchPlan> next = reactions.reload();
    if (next.isEmpty()) {
      return;
    }
    Set<WatchRule> known = new HashSet<>();
    plan.paths().forEach(watched -> known.add(watched.rule()));
    plan = next.get();
    plan.warnings().forEach(log);
    try {
      // First, so that what changes while containers are replaced is not missed.
      watcher.watch(plan.roots(), plan::skips);
    } catch (IOException e) {
      log.accept(unwatchable(e));
    }
    reactions.converge();
    copyAtFirst(watched -> !known.contains(watched.rule()));
  }

  /** What rules want to be copied before anything changes. */
  private void copyAtFirst(Predicate<WatchedPath> which) {
    Map<String, Map<String, Path>> first = new LinkedHashMap<>();
    for (WatchedPath watched : plan.paths()) {
      if (watched.rule().initialSync() && watched.copies() && which.test(watched)) {
        first
            .computeIfAbsent(watched.service(), service -> new LinkedHashMap<>())
            .putAll(collect(watched));
      }
    }
    first.forEach(
        (service, files) -> {
          copiesOf(service).putAll(files);
          copy(service, files);
        });
  }

  private Map<String, Path> copiesOf(String service) {
    return copied.computeIfAbsent(service, name -> new LinkedHashMap<>());
  }

  /** Copies a batch into the containers of a service; those that lack more than it get all. */
  private void copy(String service, Map<String, Path> files) {
    boolean done = false;
    for (ContainerView container : running(service)) {
      boolean isNew = !upToDate.contains(container.id());
      done |= put(container, isNew ? copiesOf(service) : files);
    }
    // A rule for a folder that is not there yet has nothing to copy at first.
    if (done && !files.isEmpty()) {
      log.accept("Copied " + changes(files) + " into " + service);
    }
  }

  private static String changes(Map<String, Path> files) {
    return files.size() == 1 ? "1 change" : files.size() + " changes";
  }

  private void bringUpToDate() {
    for (String service : new TreeSet<>(copied.keySet())) {
      for (ContainerView container : running(service)) {
        Map<String, Path> files = copiesOf(service);
        if (!upToDate.contains(container.id()) && !files.isEmpty()) {
          if (put(container, files)) {
            log.accept("Copied " + changes(files) + " into the new " + container.name());
          }
        }
      }
    }
  }

  private List<ContainerView> running(String service) {
    try {
      return containers.of(service);
    } catch (EngineException e) {
      log.accept("The containers of " + service + " cannot be found: " + e.text());
      return List.of();
    }
  }

  private boolean put(ContainerView container, Map<String, Path> files) {
    try {
      containers.put(container.id(), files);
      upToDate.add(container.id());
      return true;
    } catch (EngineException e) {
      lacks(container, e.text());
    } catch (IOException e) {
      lacks(container, String.valueOf(e.getMessage()));
    }
    return false;
  }

  /** It gets all of it with the next change, or when it starts again. */
  private void lacks(ContainerView container, String why) {
    upToDate.remove(container.id());
    log.accept("Copying into " + container.name() + " failed: " + why);
  }

  private void command(WatchedPath rule) {
    Hook hook = rule.rule().exec();
    if (hook == null) {
      return;
    }
    ExecHook command = ExecHook.of("exec", hook, plan.project().environment());
    for (ContainerView container : running(rule.service())) {
      try {
        String said = containers.run(container.id(), command);
        log.accept("Ran " + String.join(" ", hook.command()) + " in " + container.name());
        said.lines().forEach(log);
      } catch (EngineException e) {
        log.accept("In " + container.name() + ": " + e.text());
      }
    }
  }

  /** All files of a rule that are there now. */
  private Map<String, Path> collect(WatchedPath rule) {
    Map<String, Path> files = new LinkedHashMap<>();
    try {
      Files.walkFileTree(
          rule.path(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes facts) {
              return !directory.equals(rule.path()) && rule.filter().skips(directory)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
              if (rule.filter().accepts(file)) {
                files.put(rule.target(file), file);
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      log.accept(rule.rule().path() + " cannot be read: " + e.getMessage());
    }
    return files;
  }

  /** Ends {@link #run}. */
  @Override
  public void close() {
    closed = true;
    queue.close();
    watcher.close();
    events.close();
  }
}
