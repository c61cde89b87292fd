package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.launch.ElfImage;
import dev.jcompose.engine.launch.Entry;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.launch.Report;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Architecture;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.LaunchException;
import dev.jcompose.engine.runtime.program.CreateProgram;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** One launch program from its start to the moment it runs what it was made for. */
final class ProgramRun implements AutoCloseable {
  private static final int ENGINE_FAILED = 125;
  private static final int END_SECONDS = 5;

  private final Kernel kernel;
  private final KernelEvents events;
  private final LaunchProgram program;
  private final BooleanSupplier oomKilled;
  private final @Nullable ExitRecord record;
  private final StatusChannel status;
  private final WatchedProcess first;
  private final List<Refusal> refusals = new ArrayList<>();
  private @Nullable WatchedProcess process;
  private @Nullable Report failure;
  private int terminal = -1;
  private boolean mounted;
  private boolean ready;
  private boolean over;
  private boolean reaped;
  private boolean released;
  private boolean forOthers;

  /**
   * Starts the program.
   *
   * @param oomKilled asked when the process has ended
   * @param record as of {@link WatchedProcess}
   * @param descriptors given to it after its status socket
   */
  ProgramRun(
      Kernel kernel,
      KernelEvents events,
      Architecture architecture,
      LaunchProgram program,
      BooleanSupplier oomKilled,
      @Nullable ExitRecord record,
      int... descriptors) {
    this.kernel = kernel;
    this.events = events;
    this.program = program;
    this.oomKilled = oomKilled;
    this.record = record;
    int[] sockets = kernel.socketPair();
    int[] given = new int[descriptors.length + 1];
    given[0] = sockets[1];
    System.arraycopy(descriptors, 0, given, 1, descriptors.length);
    try {
      int image = kernel.sealedMemory("jcompose", ElfImage.of(program, architecture));
      try {
        int pid = kernel.spawn("/proc/self/fd/" + image, List.of("jcompose"), given);
        this.first = new WatchedProcess(kernel, events, pid, () -> false, null);
      } finally {
        kernel.close(image);
      }
    } catch (RuntimeException failed) {
      kernel.close(sockets[0]);
      throw failed;
    } finally {
      kernel.close(sockets[1]);
    }
    this.status = new StatusChannel(kernel, events, sockets[0]);
  }

  /** Leaves the end of the process it will make to whoever inherits that; said before it begins. */
  void forOthers() {
    forOthers = true;
  }

  /** Lets it begin, after its process has been prepared, for instance put into a control group. */
  void go(IntConsumer prepare) {
    prepare.accept(first.pid());
    status.openGate();
  }

  /**
   * As {@link #go}, when the process to prepare is the one that the program makes.
   *
   * @param waits the program waits meanwhile; otherwise it goes on to its next gate
   */
  void goOn(boolean waits, IntConsumer prepare) throws LaunchException {
    while (!over && process == null) {
      read();
    }
    try {
      prepare.accept(alive().pid());
    } catch (UncheckedIOException refused) {
      if (!waits) {
        // When it has ended, that says more than that it could not be prepared.
        awaitReady();
      }
      throw refused;
    }
    if (waits) {
      status.openGate();
    }
  }

  private WatchedProcess alive() throws LaunchException {
    if (over || process == null) {
      throw failed();
    }
    return process;
  }

  /** Waits until it has come to the gate. */
  void awaitReady() throws LaunchException {
    while (!over && !ready) {
      read();
    }
    var _ = alive();
  }

  /** Waits until all is mounted; the program then waits for {@link #proceed}. */
  void awaitMounted() throws LaunchException {
    while (!over && !(mounted && process != null)) {
      read();
    }
    if (over) {
      throw failed();
    }
  }

  /** Lets it go on after {@link #awaitMounted}. */
  void proceed() {
    status.openGate();
  }

  /** Opens the gate and waits until the program asked for runs. */
  void start(String name) throws LaunchException {
    status.openGate();
    awaitExecution(name);
  }

  /** Waits until the program asked for runs. */
  void awaitExecution(String name) throws LaunchException {
    while (!over) {
      read();
    }
    if (failure != null || process == null) {
      Entry entry = failure == null ? null : program.entries().get(failure.entry());
      if (entry != null && entry.call() == Syscall.EXECVE) {
        throw new Refusal(entry.about(), Objects.requireNonNull(failure)).of(name);
      }
      throw failed();
    }
    long candidates =
        program.entries().stream().filter(entry -> entry.call() == Syscall.EXECVE).count();
    if (refusals.size() == candidates) {
      throw Refusal.ofAll(name, refusals);
    }
  }

  private void read() throws LaunchException {
    StatusChannel.Message message;
    try {
      message = status.next();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LaunchException(ENGINE_FAILED, "the launch was interrupted", interrupted);
    }
    switch (message) {
      case StatusChannel.Message.Terminal(int descriptor) -> terminal = descriptor;
      case StatusChannel.Message.End _ -> over = true;
      case StatusChannel.Message.Reported(Report report) -> reported(report);
    }
  }

  private void reported(Report report) {
    Entry entry = program.entries().get(report.entry());
    if (report.fatal(program)) {
      // Read on to the end: the id of the process that failed may still be on its way.
      failure = report;
    } else if (entry.about().equals(CreateProgram.PROCESS)) {
      if (report.result() > 0) {
        made((int) report.result());
      }
    } else if (entry.about().equals(CreateProgram.MOUNTED)) {
      mounted = true;
    } else if (entry.about().equals(CreateProgram.READY)) {
      ready = true;
    } else {
      refusals.add(new Refusal(entry.about(), report));
    }
  }

  private void made(int pid) {
    try {
      process =
          forOthers
              ? WatchedProcess.ofOthers(kernel, pid)
              : new WatchedProcess(kernel, events, pid, oomKilled, record);
    } catch (KernelException gone) {
      if (!gone.errno().equals(Errno.ESRCH)) {
        throw gone;
      }
      // It has failed already and its keeper has reaped it: why is in the messages that follow.
      reaped = true;
    }
  }

  private LaunchException failed() {
    return new LaunchException(
        ENGINE_FAILED,
        failure == null
            ? "the container's process ended while it was being set up (" + end() + ")"
            : "the container could not be set up: " + failure.describe(program));
  }

  /** How it ended, as far as that is known by now. */
  private String end() {
    WatchedProcess made = process;
    WatchedProcess last = made == null ? first : made;
    String who = made == null && !reaped ? "before it was made, " : "";
    return who
        + last.endWithin(END_SECONDS)
            .map(status -> "exit code " + status.code())
            .orElse("it says nothing and does not end");
  }

  /** The process that was made. */
  WatchedProcess process() {
    return Objects.requireNonNull(process);
  }

  /** The engine's end of the terminal; the caller owns it from now on. */
  OptionalInt takeTerminal() {
    int taken = terminal;
    terminal = -1;
    return taken < 0 ? OptionalInt.empty() : OptionalInt.of(taken);
  }

  /** From now on closing leaves the process alone. */
  void release() {
    released = true;
  }

  /** Ends the process unless it was released, and frees what the launch used. */
  @Override
  public void close() {
    status.close();
    if (terminal >= 0) {
      kernel.close(terminal);
    }
    if (!released) {
      if (process == null) {
        first.signal(Abi.SIGKILL);
      } else {
        // Not its keeper, which would leave it to somebody who may never reap it.
        process.signal(Abi.SIGKILL);
        if (!forOthers) {
          process.await();
        }
      }
    }
  }
}
