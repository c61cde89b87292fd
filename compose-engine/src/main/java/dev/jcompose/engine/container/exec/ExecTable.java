package dev.jcompose.engine.container.exec;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.SteadyClock;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.create.NameMaker;
import dev.jcompose.engine.container.health.Health;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.runtime.ContainerRuntime;
import dev.jcompose.engine.runtime.LaunchException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The execs of all containers. Those that ended are remembered for some minutes. */
public final class ExecTable implements Execs {
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final ExecHost host;
  private final ContainerRuntime runtime;
  private final Kernel kernel;
  private final KernelEvents kernelEvents;
  private final Executor executor;
  private final Clock clock;
  // A clock that is set must not have an exit code forgotten that a client is about to ask for.
  private final InstantSource steady = new SteadyClock();
  private final Map<String, ExecSession> sessions = new ConcurrentHashMap<>();

  public ExecTable(
      ExecHost host,
      ContainerRuntime runtime,
      Kernel kernel,
      KernelEvents kernelEvents,
      Executor executor,
      Clock clock) {
    this.host = host;
    this.runtime = runtime;
    this.kernel = kernel;
    this.kernelEvents = kernelEvents;
    this.executor = executor;
    this.clock = clock;
  }

  @Override
  public String create(String container, ExecRequest request) {
    ContainerRecord record = host.running(container).container();
    if (request.command().isEmpty()) {
      throw new EngineException.InvalidRequest("No exec command specified");
    }
    forgetOld();
    String id = NameMaker.id();
    sessions.put(id, new ExecSession(id, record.id(), request, steady));
    host.tell(record.id(), "exec_create: " + words(request.command()), "execID", id);
    return id;
  }

  private static String words(List<String> command) {
    // Docker joins the program, a blank and the arguments, also when there are none.
    return command.getFirst() + " " + String.join(" ", command.subList(1, command.size()));
  }

  private void forgetOld() {
    Instant oldest = steady.instant().minus(REMEMBERED);
    sessions.values().removeIf(session -> session.endedBefore(oldest));
  }

  private ExecSession session(String id) {
    ExecSession session = sessions.get(id);
    if (session == null) {
      throw new EngineException.NotFound("No such exec instance: " + id);
    }
    return session;
  }

  @Override
  public Attachment start(String id, int rows, int columns) {
    ExecSession session = session(id);
    Attachment attachment =
        session.attach(() -> host.tell(session.containerId(), "exec_detach", "execID", id));
    try {
      run(session, rows, columns);
    } catch (RuntimeException e) {
      attachment.close();
      throw e;
    }
    return attachment;
  }

  @Override
  public void startDetached(String id) {
    run(session(id), 0, 0);
  }

  private void run(ExecSession session, int rows, int columns) {
    session.claim();
    ExecHost.Running target;
    try {
      target = host.running(session.containerId());
      // Before it runs, as its end may be told at once.
      host.tell(
          session.containerId(),
          "exec_start: " + words(session.request().command()),
          "execID",
          session.id());
      session.start(
          runtime.exec(ExecPlan.of(target, session.request(), rows, columns), target.launched()),
          kernel,
          kernelEvents,
          executor,
          code ->
              host.tell(
                  session.containerId(),
                  "exec_die",
                  "execID",
                  session.id(),
                  "exitCode",
                  Integer.toString(code)));
    } catch (LaunchException e) {
      session.failed(e.exitCode());
      throw new EngineException.InvalidRequest(
          "OCI runtime exec failed: " + String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      session.failed(126);
      throw e;
    }
  }

  @Override
  public ExecState get(String id) {
    return session(id).state();
  }

  @Override
  public List<String> of(String containerId) {
    return sessions.values().stream()
        .filter(session -> session.containerId().equals(containerId) && !session.isOutlived())
        .map(ExecSession::id)
        .toList();
  }

  @Override
  public void resize(String id, int rows, int columns) {
    session(id).resize(kernel, rows, columns);
  }

  /**
   * All processes of a container are gone. Its execs end by themselves, and how they did is kept
   * for a while for whoever started them; those that were never started are forgotten.
   */
  public void containerEnded(String containerId) {
    sessions.values().removeIf(s -> s.containerId().equals(containerId) && !s.outlive());
  }

  /**
   * Runs a health probe and waits for it. A probe that takes too long is killed.
   *
   * @param command program and arguments
   */
  public Health.Probe probe(String containerId, List<String> command, Duration timeout)
      throws InterruptedException {
    Instant start = clock.instant();
    String id = null;
    try {
      id =
          create(
              containerId,
              new ExecRequest(command, List.of(), "", "", false, false, true, true, false, ""));
      Attachment attachment = start(id, 0, 0);
      return finish(session(id), attachment, start, timeout);
    } catch (EngineException e) {
      return new Health.Probe(start, clock.instant(), -1, String.valueOf(e.getMessage()));
    } finally {
      if (id != null) {
        sessions.remove(id);
      }
    }
  }

  private Health.Probe finish(
      ExecSession session, Attachment attachment, Instant start, Duration timeout)
      throws InterruptedException {
    ProbeOutput output = new ProbeOutput();
    FutureTask<Boolean> reading = new FutureTask<>(() -> output.readAll(attachment), true);
    executor.execute(reading);
    try (attachment) {
      int code = session.ended().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      awaitOutput(reading);
      return new Health.Probe(start, clock.instant(), code, output.text());
    } catch (TimeoutException e) {
      session.kill();
      String text = output.text();
      return new Health.Probe(
          start,
          clock.instant(),
          -1,
          "Health check exceeded timeout ("
              + ProbeOutput.duration(timeout)
              + ")"
              + (text.isEmpty() ? "" : ": " + text));
    } catch (ExecutionException e) {
      return new Health.Probe(start, clock.instant(), -1, String.valueOf(e.getCause()));
    }
  }

  private static void awaitOutput(Future<Boolean> reading) throws InterruptedException {
    try {
      reading.get(1, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What has been read so far will do.
    }
  }

  /** Program and arguments of a health check. */
  public static List<String> command(List<String> test, ProcessSettings settings) {
    return switch (test.getFirst()) {
      case "CMD" -> test.subList(1, test.size());
      case "CMD-SHELL" -> {
        List<String> shell =
            settings.shell().isEmpty() ? List.of("/bin/sh", "-c") : settings.shell();
        yield Stream.concat(shell.stream(), test.subList(1, test.size()).stream().limit(1))
            .toList();
      }
      default -> test;
    };
  }
}
