package dev.jcompose.engine.container.life;

import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.stream.OutputHub;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.log.LogLimits;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.StateFiles;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One container of this engine: its latest record and what hangs on it while the engine lives. The
 * lock is held for the whole of a start, an exit and a removal, so these never overlap; it is never
 * held while waiting for a process to end.
 */
final class LiveContainer {
  private static final System.Logger LOG = System.getLogger(LiveContainer.class.getName());

  final ReentrantLock lock = new ReentrantLock();
  final ContainerPaths paths;
  final Waiters waiters = new Waiters();
  final RestartDelay delay = new RestartDelay();
  final @Nullable LogFile log;
  final OutputHub hub;
  private final EventBus events;
  private volatile ContainerRecord current;
  // The fields below are guarded by the lock.
  @Nullable Run run;
  boolean removing;
  boolean restartingByHand;
  boolean stdinClosed;

  LiveContainer(ContainerRecord container, ContainerPaths paths, EventBus events, Clock clock) {
    this.current = container;
    this.paths = paths;
    this.events = events;
    this.log =
        container.spec().log().driver().equals("none")
            ? null
            : new LogFile(
                paths.log(),
                LogLimits.of(container.spec().log().options()),
                LogAttributes.of(container.spec()),
                clock);
    LogFile file = log;
    this.hub =
        new OutputHub(
            (stream, bytes) -> {
              if (file != null) {
                file.append(stream, bytes);
              }
            });
  }

  ContainerRecord container() {
    return current;
  }

  ContainerState state() {
    return current.state();
  }

  /** Does something while nothing else happens to the container. */
  void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Stores a changed record, then lets everybody see it. */
  void save(ContainerRecord changed) {
    StateFiles.write(paths.record(), changed);
    current = changed;
  }

  /**
   * Stores the record of a container that has ended; a disk that refuses must not keep its end from
   * being told. One that is being removed is not worth a write: its record goes in a moment.
   */
  void saveEnd(ContainerRecord changed) {
    current = changed;
    if (!removing) {
      try {
        StateFiles.write(paths.record(), changed);
      } catch (UncheckedIOException e) {
        LOG.log(System.Logger.Level.ERROR, "the end of a container is not stored", e);
      }
    }
  }

  /** Remembers that a client stopped it; only restart policies need this to outlive the engine. */
  void markStoppedByHand() {
    ContainerRecord marked = current.withState(current.state().withStoppedByHand(true));
    if (marked.spec().restartPolicy().name() == RestartPolicy.Name.NO) {
      current = marked;
    } else {
      save(marked);
    }
  }

  void saveState(UnaryOperator<ContainerState> change) {
    save(current.withState(change.apply(current.state())));
  }

  /** Shows a change that need not survive the engine. */
  void show(ContainerRecord changed) {
    current = changed;
  }

  /** Tells an event about this container; {@code details} are names and values in turn. */
  void tell(String action, String... details) {
    ContainerRecord container = current;
    Map<String, String> attributes = new LinkedHashMap<>(container.spec().labels());
    for (int i = 0; i < details.length; i += 2) {
      attributes.put(details[i], details[i + 1]);
    }
    attributes.put("image", container.spec().image());
    attributes.put("name", container.name());
    events.publish(Event.Type.CONTAINER, action, container.id(), attributes);
  }
}
