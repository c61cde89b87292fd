package dev.jcompose.engine.container.access;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.container.ContainerRecord;
import dev.jcompose.engine.container.ContainerState.Status;
import dev.jcompose.engine.container.ContainerStreams;
import dev.jcompose.engine.container.exec.ExecHost;
import dev.jcompose.engine.container.launch.LaunchPlan;
import dev.jcompose.engine.container.live.ContainerTable;
import dev.jcompose.engine.container.live.LiveContainer;
import dev.jcompose.engine.container.live.Run;
import dev.jcompose.engine.container.live.Surroundings;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.container.stream.ProcessAttachment;
import dev.jcompose.engine.container.stream.ProcessInput;
import dev.jcompose.engine.image.ImageException;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;
import org.jspecify.annotations.Nullable;

/** Logs, attached clients, terminals and execs of the containers in a table. */
public final class LifeStreams implements ContainerStreams, ExecHost {
  private final Surroundings around;
  private final Kernel kernel;
  private final ContainerTable table;

  public LifeStreams(Surroundings around, ContainerTable table) {
    this.around = around;
    this.kernel = around.kernel();
    this.table = table;
  }

  @Override
  public LogReader logs(String reference, LogQuery query) {
    LiveContainer live = table.find(reference);
    return logOf(live).read(query);
  }

  private static LogFile logOf(LiveContainer live) {
    if (live.removing()) {
      throw new EngineException.Conflict(
          "can not get logs from container which is dead or marked for removal");
    }
    LogFile log = live.log();
    if (log == null) {
      throw new EngineException.NotSupported("configured logging driver does not support reading");
    }
    return log;
  }

  @Override
  public Attachment attach(String reference, AttachRequest request) {
    LiveContainer live = table.find(reference);
    ContainerRecord container = live.container();
    Status status = container.state().status();
    if (status == Status.PAUSED || status == Status.RESTARTING) {
      throw new EngineException.Conflict(
          "Container "
              + container.id()
              + " is "
              + status.text()
              + (status == Status.PAUSED
                  ? ", unpause the container before attach"
                  : ", wait until" + " the container is running"));
    }
    LogPast past = request.logs() ? new LogPast(logOf(live), request) : null;
    Attachment attachment = stream(live, request, past == null ? () -> {} : past::open);
    if (!request.stream()) {
      // Nothing more comes after the log.
      attachment.close();
    }
    live.tell("attach");
    return past == null ? attachment : new LogsFirst(past, attachment);
  }

  private static Attachment stream(LiveContainer live, AttachRequest request, Runnable meanwhile) {
    ProcessSettings.Stdio stdio = live.container().spec().process().stdio();
    return ProcessAttachment.to(
        live.hub(),
        request.stream() && request.stdout(),
        request.stream() && request.stderr(),
        stdio.tty(),
        new ProcessAttachment.Input(
            request.stream() && request.stdin() && stdio.openStdin(),
            () -> request.stdin() ? input(live) : null,
            stdio.stdinOnce()),
        meanwhile,
        () -> live.tell("detach"));
  }

  private static @Nullable ProcessInput input(LiveContainer live) {
    live.lock().lock();
    try {
      Run run = live.run();
      return run == null ? null : run.input();
    } finally {
      live.lock().unlock();
    }
  }

  @Override
  public boolean hasTerminal(String reference) {
    return table.get(reference).spec().process().stdio().tty();
  }

  @Override
  public void resize(String reference, int rows, int columns) {
    LiveContainer live = table.find(reference);
    live.lock().lock();
    try {
      live.requireRun()
          .terminal()
          .ifPresent(terminal -> kernel.setWindowSize(terminal, rows, columns));
      live.tell("resize", "height", Integer.toString(rows), "width", Integer.toString(columns));
    } finally {
      live.lock().unlock();
    }
  }

  @Override
  public Running running(String reference) {
    LiveContainer live = table.find(reference);
    live.lock().lock();
    try {
      ContainerRecord container = live.container();
      if (container.state().status() == Status.PAUSED) {
        throw new EngineException.Conflict(
            "Container " + container.name() + " is paused, unpause the container before exec");
      }
      return new Running(
          container,
          live.requireRun().launched(),
          LaunchPlan.topFirst(live.paths(), around.images().resolve(container.imageId())));
    } catch (ImageException e) {
      throw new EngineException.Failed(String.valueOf(e.getMessage()), e);
    } finally {
      live.lock().unlock();
    }
  }

  @Override
  public void tell(String containerId, String action, String... details) {
    try {
      table.find(containerId).tell(action, details);
    } catch (EngineException.NotFound removed) {
      // Its last processes may end after it; nobody asks about them any more.
    }
  }
}
