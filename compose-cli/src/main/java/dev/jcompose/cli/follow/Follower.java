package dev.jcompose.cli.follow;

import dev.jcompose.cli.render.log.LogPrinter;
import dev.jcompose.core.desired.Labels;
import dev.jcompose.core.port.Engine;
import dev.jcompose.core.port.EngineException;
import dev.jcompose.core.port.stream.EngineEvent;
import dev.jcompose.core.port.stream.EventReader;
import dev.jcompose.core.port.stream.EventRequest;
import dev.jcompose.core.port.stream.LogRequest;
import dev.jcompose.core.port.stream.Source;
import dev.jcompose.core.port.view.ContainerView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the containers of a project write and how they end, those started later included.
 * The engine keeps what a container writes, so a log that is opened after the start of its
 * container still begins with the first line.
 */
public final class Follower implements AutoCloseable {
  private final Engine engine;
  private final LogPrinter printer;
  private final UnaryOperator<String> shortName;
  private final Options options;
  private final EventReader events;
  private final Map<String, String> running = new HashMap<>();
  private final Set<String> comingBack = new HashSet<>();
  private final Set<String> everStarted = new HashSet<>();
  private final Set<String> unheard = new HashSet<>();
  private final Map<String, Instant> from = new HashMap<>();
  private final List<Thread> readers = new ArrayList<>();
  private boolean moreToCome;
  private boolean closed;

  /**
   * What to follow and how to show it.
   *
   * @param wanted which containers, by the labels and name in their events
   * @param since what containers wrote before is not shown when they are started; null for no bound
   * @param timestamps whether lines begin with their time
   * @param separatesErrors whether standard error goes to standard error
   * @param tellsExits whether the end of a container is told
   */
  public record Options(
      Predicate<EngineEvent> wanted,
      @Nullable Instant since,
      boolean timestamps,
      boolean separatesErrors,
      boolean tellsExits) {}

  /**
   * A container that ended and is not coming back by itself.
   *
   * @param exitCode 0 to 255
   */
  public record Exit(String containerId, String service, int exitCode) {}

  /**
   * Starts listening; nothing that happens from now on is missed.
   *
   * @param shortName gives the name in prefixes for the name of a container
   */
  public Follower(
      Engine engine,
      String project,
      LogPrinter printer,
      UnaryOperator<String> shortName,
      Options options) {
    this.engine = engine;
    this.printer = printer;
    this.shortName = shortName;
    this.options = options;
    this.events = engine.events(EventRequest.containersWith(Labels.PROJECT + "=" + project));
  }

  /** Follows a container that may be running already, from {@code since} (null: all of it). */
  public synchronized void follow(ContainerView container, @Nullable Instant since) {
    if (container.status().up() && !running.containsKey(container.id())) {
      follow(container.id(), container.name(), since);
    }
  }

  /** Says that containers are being started, so that having none is not the end. */
  public synchronized void expectMore() {
    moreToCome = true;
  }

  /**
   * Says that no more containers are being started.
   *
   * @param started ids of those that were; their start may not have been heard of yet
   */
  public synchronized void expectNoMore(Collection<String> started) {
    moreToCome = false;
    started.stream().filter(id -> !everStarted.contains(id)).forEach(unheard::add);
    if (isOver()) {
      events.close();
    }
  }

  /**
   * The next container that ended for good, after all it wrote was printed; empty when none is
   * left. Blocks.
   */
  public Optional<Exit> next() throws InterruptedException {
    synchronized (this) {
      if (isOver()) {
        return ended();
      }
    }
    for (EngineEvent event = events.next(); event != null; event = events.next()) {
      Exit exit = take(event);
      synchronized (this) {
        if (exit != null || isOver()) {
          return exit == null ? ended() : Optional.of(exit);
        }
      }
    }
    return ended();
  }

  private Optional<Exit> ended() throws InterruptedException {
    List<Thread> open;
    synchronized (this) {
      open = closed ? List.of() : List.copyOf(readers);
    }
    for (Thread reader : open) {
      reader.join();
    }
    printer.flush();
    return Optional.empty();
  }

  private synchronized boolean isOver() {
    return running.isEmpty() && comingBack.isEmpty() && unheard.isEmpty() && !moreToCome;
  }

  private @Nullable Exit take(EngineEvent event) throws InterruptedException {
    if (event.action().equals("start")) {
      started(event);
      return null;
    }
    if (!options.wanted().test(event)) {
      return null;
    }
    return switch (event.action()) {
      // Somebody stopped it while the engine was about to start it again.
      case "stop", "destroy" -> {
        comesNoMore(event.id());
        yield null;
      }
      case "die" -> died(event, name(event));
      default -> null;
    };
  }

  private static String name(EngineEvent event) {
    return event.attributes().getOrDefault("name", event.id());
  }

  // In one piece: between being heard of and running it would seem that nothing more is to come.
  private synchronized void started(EngineEvent event) {
    String id = event.id();
    unheard.remove(id);
    everStarted.add(id);
    if (!options.wanted().test(event)) {
      return;
    }
    comingBack.remove(id);
    if (!running.containsKey(id)) {
      Instant since = from.get(id);
      follow(id, name(event), since == null ? options.since() : since);
    }
  }

  private synchronized void comesNoMore(String id) {
    comingBack.remove(id);
  }

  private @Nullable Exit died(EngineEvent event, String name) throws InterruptedException {
    String id = event.id();
    Thread reader;
    synchronized (this) {
      if (!running.containsKey(id)) {
        return null;
      }
      reader =
          readers.stream().filter(thread -> thread.getName().equals(id)).findFirst().orElse(null);
    }
    // The engine ends the log when the process is gone, so this does not take long.
    if (reader != null) {
      reader.join();
    }
    int code = exitCode(event);
    boolean comesBack = comesBack(id);
    if (options.tellsExits()) {
      printer.note(
          shortName.apply(name) + " exited with code " + code + (comesBack ? " (restarting)" : ""));
    }
    synchronized (this) {
      readers.remove(reader);
      // Not before it is known what becomes of it: otherwise there is a moment in which nothing
      // more seems to come.
      running.remove(id);
      if (comesBack) {
        comingBack.add(id);
        return null;
      }
    }
    return new Exit(id, event.attributes().getOrDefault(Labels.SERVICE, ""), code);
  }

  private boolean comesBack(String id) {
    try {
      return engine.isUp(id);
    } catch (EngineException e) {
      return false;
    }
  }

  private static int exitCode(EngineEvent event) {
    try {
      return Integer.parseInt(event.attributes().getOrDefault("exitCode", "0"));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private void follow(String id, String name, @Nullable Instant since) {
    String prefix = shortName.apply(name);
    printer.register(prefix);
    running.put(id, prefix);
    if (since != null) {
      from.put(id, since);
    }
    Thread reader = Thread.ofVirtual().name(id).unstarted(() -> read(id, prefix, since));
    readers.add(reader);
    reader.start();
  }

  private void read(String id, String prefix, @Nullable Instant since) {
    LogRequest request = new LogRequest(true, true, null, since, null);
    try (LineReader lines = new LineReader(engine.logs(id, request))) {
      for (TimedLine line = lines.next(); line != null; line = lines.next()) {
        printer.print(
            prefix,
            line.print(options.timestamps()),
            options.separatesErrors() && line.source() == Source.ERR);
        Instant time = line.time();
        if (time != null) {
          synchronized (this) {
            from.put(id, time.plusNanos(1));
          }
        }
        if (!lines.hasReady()) {
          printer.flush();
        }
      }
    } catch (EngineException e) {
      printer.note(prefix + ": its output cannot be shown: " + e.text());
    }
  }

  /** Stops listening; {@link #next} then has no more, and waits for no output. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    events.close();
  }
}
