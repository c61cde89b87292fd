package dev.jcompose.engine.container.live;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState;
import dev.jcompose.engine.container.spec.RestartPolicy;
import dev.jcompose.engine.container.stream.OutputHub;
import dev.jcompose.engine.event.Event;
import dev.jcompose.engine.event.EventBus;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.log.LogLimits;
import dev.jcompose.engine.state.ContainerPaths;
import dev.jcompose.engine.state.RecordFile;
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
public final class LiveContainer {
  private static final System.Logger LOG = System.getLogger(LiveContainer.class.getName());

  private final ReentrantLock lock = new ReentrantLock();
  private final ContainerPaths paths;
  private final RecordFile record;
  private final Waiters waiters = new Waiters();
  private final RestartDelay delay = new RestartDelay();
  private final @Nullable LogFile log;
  private final OutputHub hub;
  private final EventBus events;
  private volatile ContainerRecord current;
  private volatile boolean removing;
  // The fields below are guarded by the lock.
  private @Nullable Run run;
  private boolean restartingByHand;

  /** A container that does not run yet, or whose run has not been taken over yet. */
  public LiveContainer(
      ContainerRecord container, ContainerPaths paths, EventBus events, Clock clock) {
    this.current = container;
    this.paths = paths;
    this.record = paths.recordFile();
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

  /** Held for the whole of a start, an exit and a removal. */
  public ReentrantLock lock() {
    return lock;
  }

  /** Where its files are. */
  public ContainerPaths paths() {
    return paths;
  }

  /** Who waits for it; guarded by the lock. */
  public Waiters waiters() {
    return waiters;
  }

  /** How long it waits before its policy starts it again; guarded by the lock. */
  public RestartDelay delay() {
    return delay;
  }

  /** Its log; null when its driver keeps nothing. */
  public @Nullable LogFile log() {
    return log;
  }

  /** Where its output goes. */
  public OutputHub hub() {
    return hub;
  }

  /** What runs of it; null when nothing does. Guarded by the lock. */
  public @Nullable Run run() {
    return run;
  }

  /**
   * What runs of it; the caller holds the lock.
   *
   * @throws EngineException.Conflict when nothing does
   */
  public Run requireRun() {
    Run running = run;
    if (running == null) {
      throw new EngineException.Conflict(
          state().status() == ContainerState.Status.RESTARTING
              ? "Container " + current.id() + " is restarting, wait until the container is running"
              : "container " + current.id() + " is not running");
    }
    return running;
  }

  /** A process of it runs from now on. */
  public void began(Run begun) {
    run = begun;
  }

  /** Nothing of it runs any more, or this engine lets go of it. */
  public void endRun() {
    run = null;
  }

  /** Whether it is being removed; nothing new may begin then. */
  public boolean removing() {
    return removing;
  }

  /** Its removal begins, or was given up. */
  public void removing(boolean begins) {
    removing = begins;
  }

  /** Whether it is being stopped only to be started again; guarded by the lock. */
  public boolean restartingByHand() {
    return restartingByHand;
  }

  /** A restart a client asked for begins, or is over. */
  public void restartingByHand(boolean begins) {
    restartingByHand = begins;
  }

  /** Its record at this moment. */
  public ContainerRecord container() {
    return current;
  }

  /** Where it is in its life. */
  public ContainerState state() {
    return current.state();
  }

  /** Does something while nothing else happens to the container. */
  public void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Where its record is stored. */
  public RecordFile record() {
    return record;
  }

  /** Stores a changed record, then lets everybody see it. */
  public void save(ContainerRecord changed) {
    record.write(changed);
    current = changed;
  }

  /**
   * Stores the record of a container that has ended; a disk that refuses must not keep its end from
   * being told. One that is being removed is not worth a write: its record goes in a moment.
   */
  public void saveEnd(ContainerRecord changed) {
    current = changed;
    if (!removing) {
      try {
        record.write(changed);
      } catch (UncheckedIOException e) {
        LOG.log(System.Logger.Level.ERROR, "the end of a container is not stored", e);
      }
    }
  }

  /** Remembers that a client stopped it; only restart policies need this to outlive the engine. */
  public void markStoppedByHand() {
    ContainerRecord marked = current.withState(current.state().withStoppedByHand(true));
    if (marked.spec().restartPolicy().name() == RestartPolicy.Name.NO) {
      current = marked;
    } else {
      save(marked);
    }
  }

  /** Stores a changed state, then lets everybody see it. */
  public void saveState(UnaryOperator<ContainerState> change) {
    save(current.withState(change.apply(current.state())));
  }

  /** Shows a change that need not survive the engine. */
  public void show(ContainerRecord changed) {
    current = changed;
  }

  /** Tells an event about this container; {@code details} are names and values in turn. */
  public void tell(String action, String... details) {
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
