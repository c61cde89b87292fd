package dev.jcompose.engine.container.live;

import dev.jcompose.engine.UndoStack;
import dev.jcompose.engine.container.spec.ProcessSettings;
import dev.jcompose.engine.container.stream.OutputPump;
import dev.jcompose.engine.container.stream.ProcessInput;
import dev.jcompose.engine.container.stream.StreamKind;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.log.LogFile;
import dev.jcompose.engine.state.ContainerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The pipes between a container's process and the engine. */
public final class RunStreams {
  private static final System.Logger LOG = System.getLogger(RunStreams.class.getName());
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** A pipe that had no writer when it was opened never tells that it has none. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private static final int NONE = -1;

  private final Surroundings around;

  public RunStreams(Surroundings around) {
    this.around = around;
  }

  /** The engine's ends of a run's FIFOs; each −1 when there is none or it was taken over. */
  public static final class Pipes {
    private int stdin = NONE;
    private int stdout = NONE;
    private int stderr = NONE;
  }

  /** Makes the FIFOs of a new run and opens the engine's ends; nothing with a terminal. */
  public Pipes open(LiveContainer live, UndoStack undo) throws IOException {
    ProcessSettings.Stdio stdio = live.container().spec().process().stdio();
    ContainerPaths paths = live.paths();
    for (Path fifo : List.of(paths.stdin(), paths.stdout(), paths.stderr())) {
      Files.deleteIfExists(fifo);
    }
    if (stdio.tty()) {
      return new Pipes();
    }
    if (stdio.openStdin()) {
      around.kernel().makeFifo(paths.stdin(), 0600);
    }
    around.kernel().makeFifo(paths.stdout(), 0600);
    around.kernel().makeFifo(paths.stderr(), 0600);
    return reopen(live, undo);
  }

  /** Opens the engine's ends of the FIFOs that exist. */
  public Pipes reopen(LiveContainer live, UndoStack undo) {
    Pipes pipes = new Pipes();
    undo.push("close the pipes", () -> close(pipes));
    // Read-write, for a FIFO cannot be opened for writing before it has a reader.
    pipes.stdin = open(live.paths().stdin(), Abi.O_RDWR);
    pipes.stdout = open(live.paths().stdout(), Abi.O_RDONLY);
    pipes.stderr = open(live.paths().stderr(), Abi.O_RDONLY);
    return pipes;
  }

  private int open(Path fifo, int flags) {
    return Files.exists(fifo) ? around.kernel().open(fifo, flags | Abi.O_NONBLOCK, 0) : NONE;
  }

  private void close(Pipes pipes) {
    for (int descriptor : new int[] {pipes.stdin, pipes.stdout, pipes.stderr}) {
      if (descriptor != NONE) {
        around.kernel().close(descriptor);
      }
    }
  }

  /**
   * Begins to read the output of a process that exists; the pipes belong to the run from now on.
   */
  public void connect(LiveContainer live, Run run, Pipes pipes, UndoStack undo) {
    undo.push("stop reading output", () -> stop(live, run));
    LogFile log = live.log();
    if (log != null) {
      log.begin();
    }
    run.terminal = run.launched().terminal();
    if (run.terminal.isPresent()) {
      int terminal = run.terminal.getAsInt();
      around.kernel().setNonBlocking(terminal, true);
      run.input =
          new ProcessInput(around.kernel(), around.kernelEvents(), terminal, false, () -> {});
      run.pumps.add(pump(live, terminal, StreamKind.STDOUT, false));
      return;
    }
    if (pipes.stdin != NONE) {
      run.input =
          new ProcessInput(
              around.kernel(), around.kernelEvents(), pipes.stdin, true, () -> endInput(live, run));
      pipes.stdin = NONE;
    }
    if (pipes.stdout != NONE) {
      run.pumps.add(pump(live, pipes.stdout, StreamKind.STDOUT, true));
      pipes.stdout = NONE;
    }
    if (pipes.stderr != NONE) {
      run.pumps.add(pump(live, pipes.stderr, StreamKind.STDERR, true));
      pipes.stderr = NONE;
    }
  }

  // Without its FIFO an engine that starts later knows that the input has ended.
  private void endInput(LiveContainer live, Run run) {
    try {
      Files.deleteIfExists(live.paths().stdin());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "an ended input may be opened again", e);
    }
    around.runtime().endInput(run.launched());
  }

  private OutputPump pump(LiveContainer live, int descriptor, StreamKind stream, boolean lossless) {
    return OutputPump.start(
        around.kernel(),
        around.kernelEvents(),
        descriptor,
        stream,
        live.hub(),
        around.executor(),
        lossless);
  }

  /** The process has ended: takes in what it wrote last. Attached clients stay. */
  public void drain(LiveContainer live, Run run) {
    run.pumps.forEach(pump -> pump.finishAfterWriter(QUIET));
    close(live, run);
  }

  /** Takes in what a process wrote that ended while no engine was there. */
  public void takeRest(LiveContainer live) {
    try (UndoStack undo = new UndoStack()) {
      Pipes pipes = reopen(live, undo);
      LogFile log = live.log();
      if (log != null) {
        log.begin();
      }
      List<OutputPump> pumps = new ArrayList<>();
      if (pipes.stdout != NONE) {
        pumps.add(pump(live, pipes.stdout, StreamKind.STDOUT, true));
        pipes.stdout = NONE;
      }
      if (pipes.stderr != NONE) {
        pumps.add(pump(live, pipes.stderr, StreamKind.STDERR, true));
        pipes.stderr = NONE;
      }
      pumps.forEach(pump -> pump.finishAfterWriter(AT_ONCE));
      if (log != null) {
        log.end();
      }
    }
  }

  /** Stops reading, wherever it stands, and ends the log and the attached clients. */
  public void stop(LiveContainer live, Run run) {
    close(live, run);
    live.hub().end();
  }

  private static void close(LiveContainer live, Run run) {
    run.pumps.forEach(OutputPump::stop);
    if (run.input != null) {
      run.input.close();
    }
    LogFile log = live.log();
    if (log != null) {
      log.end();
    }
  }
}
