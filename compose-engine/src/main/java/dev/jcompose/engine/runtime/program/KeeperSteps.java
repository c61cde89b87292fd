package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.Keeper;
import dev.jcompose.engine.runtime.Stdio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a program that stays outside as the container's keeper: it holds open what must not
 * close when the engine dies, waits for the container's first process, writes how it ended, and
 * ends; output that no engine has read yet it holds for a day, unless the container goes first. It
 * stays in the engine's namespaces and control group, and all signals are blocked.
 */
final class KeeperSteps {
  private static final String RECORD = "exit record";
  private static final String INPUT = "kept input";
  private static final String OUTPUT = "kept output ";
  private static final String NEAR = "keeper's socket";
  private static final String FAR = "container's socket";
  private static final int SOCKET_CLOEXEC = Abi.O_CLOEXEC;
  private static final int P_ALL = 0;
  private static final int P_PID = 1;
  private static final int EXITED = 4;
  private static final int NO_REAP = 0x01000000;
  private static final int SPLICE_NONBLOCK = 2;
  private static final long LONGEST_SECONDS = 24 * 60 * 60;
  private static final int FIRST_OUTPUT = Keeper.TERMINAL + 1;
  private static final int F_SETFL = 4;
  private static final int F_SETOWN = 8;
  private static final int F_SETSIG = 10;
  private static final int O_ASYNC = 020000;

  /** Also when a file that is open loses its last name. */
  private static final int IN_ATTRIB = 4;

  private static final long LAST_DESCRIPTOR = 0xffffffffL;

  private final LaunchProgram.Builder program;
  private final Path record;
  private final boolean terminal;
  private final boolean input;
  private final int outputs;

  KeeperSteps(LaunchProgram.Builder program, Path record, Stdio stdio) {
    this.program = program;
    this.record = record;
    this.terminal = stdio instanceof Stdio.Terminal;
    this.input = stdio instanceof Stdio.Fifos fifos && fifos.stdin() != null;
    this.outputs = stdio instanceof Stdio.Fifos ? 2 : 0;
  }

  /** Opens what the keeper keeps, before the container's process exists. */
  void prepare(Stdio stdio) {
    open(record, Flags.WRITE_ONLY.argument(), RECORD);
    if (stdio instanceof Stdio.Fifos fifos && fifos.stdin() != null) {
      // Read-write: opening for writing alone would need a reader.
      open(fifos.stdin(), Flags.READ_WRITE.argument(), INPUT);
    }
    if (stdio instanceof Stdio.Fifos fifos) {
      // For reading alone: the engine must still see the end when the container has closed them.
      open(fifos.stdout(), Flags.READ_NOW.argument(), OUTPUT + 0);
      open(fifos.stderr(), Flags.READ_NOW.argument(), OUTPUT + 1);
    }
    if (terminal) {
      program
          .call(
              Syscall.SOCKETPAIR,
              arg(Abi.AF_UNIX),
              arg(Abi.SOCK_SEQPACKET | SOCKET_CLOEXEC),
              arg(0),
              new Argument.Block(
                  "{two sockets}",
                  List.of(
                      new Argument.Part.Half(NEAR),
                      new Argument.Part.Half(FAR),
                      new Argument.Part.Bytes(new byte[8]))))
          .about("make sockets to hand the terminal over");
    }
  }

  private void open(Path path, Argument flags, String save) {
    program
        .call(Syscall.OPENAT, Constant.AT_FDCWD.argument(), arg(path.toString()), flags)
        .about("open " + path)
        .save(save);
  }

  /** Where the container's process sends its terminal. */
  static Argument terminalSocket() {
    return saved(FAR);
  }

  /**
   * What the keeper does.
   *
   * @param process name under which the id of the container's process is saved; null for the only
   *     process that is left to wait for
   */
  void keep(@Nullable String process) {
    program.call(Syscall.PRCTL, arg(ProcessSteps.PR_SET_NAME), arg(Keeper.NAME));
    program.call(Syscall.CLOSE, arg(LaunchProgram.STATUS)).about("let go of the engine");
    put(RECORD, Keeper.RECORD);
    if (input) {
      put(INPUT, Keeper.INPUT);
    }
    if (terminal) {
      receiveTerminal();
    }
    for (int output = 0; output < outputs; output++) {
      put(OUTPUT + output, FIRST_OUTPUT + output);
    }
    program.call(Syscall.CLOSE_RANGE, arg(0), arg(Keeper.RECORD - 1), arg(0));
    program.call(Syscall.CLOSE_RANGE, arg(FIRST_OUTPUT + outputs), arg(LAST_DESCRIPTOR), arg(0));
    if (input) {
      // SIGCHLD: the process has ended. The other: its input has, and must not be held any longer.
      program
          .call(
              Syscall.RT_SIGTIMEDWAIT,
              Argument.longs("{SIGCHLD, SIGUSR1}", bit(Abi.SIGCHLD) | bit(Keeper.END_OF_INPUT)),
              arg(0),
              arg(0),
              arg(Long.BYTES))
          .tolerating(Errno.EINTR, Errno.EAGAIN);
      program.call(Syscall.CLOSE, arg(Keeper.INPUT)).about("end the input");
    }
    Argument how =
        new Argument.Block(
            "how",
            List.of(
                new Argument.Part.Bytes(new byte[Keeper.RECORD_BYTES - Long.BYTES]),
                new Argument.Part.Cell("keeper")));
    program.call(Syscall.GETPID).save("keeper");
    // Written before it is reaped: whoever finds the process gone finds the record complete.
    waitFor(process, how, EXITED | NO_REAP);
    program
        .call(Syscall.WRITE, arg(Keeper.RECORD), how, arg(Keeper.RECORD_BYTES))
        .tolerating(Errno.ENOSPC, Errno.EIO);
    waitFor(process, arg(0), EXITED);
    if (outputs > 0) {
      holdOutput();
    }
  }

  /** A pipe forgets what is in it when nobody has it open any more. */
  private void holdOutput() {
    program
        .call(
            Syscall.PIPE2,
            new Argument.Block(
                "{pipe}",
                List.of(
                    new Argument.Part.Half("copy out"),
                    new Argument.Part.Half("copy in"),
                    new Argument.Part.Bytes(new byte[8]))),
            arg(0))
        .about("make a pipe to look into others with");
    for (int output = 0; output < outputs; output++) {
      program
          .call(
              Syscall.TEE,
              arg(FIRST_OUTPUT + output),
              saved("copy in"),
              arg(1),
              arg(SPLICE_NONBLOCK))
          .about("look for output that nobody has read")
          .tolerating(Errno.EAGAIN)
          .ifPositive("unread");
    }
    program.call(Syscall.EXIT_GROUP, arg(0));
    program.label("unread");
    watchRecord();
    program
        .call(
            Syscall.RT_SIGTIMEDWAIT,
            Argument.longs("{SIGUSR2}", bit(Keeper.OUTPUT_READ)),
            arg(0),
            Argument.longs("{" + LONGEST_SECONDS + " s}", LONGEST_SECONDS, 0),
            arg(Long.BYTES))
        .about("wait for an engine that reads the output")
        .tolerating(Errno.EINTR, Errno.EAGAIN);
  }

  /**
   * Whoever deletes the record lets go of the container: the kernel then sends the signal that
   * otherwise an engine sends. One more than the machine has watches for waits its whole day.
   */
  private void watchRecord() {
    program
        .call(Syscall.INOTIFY_INIT1, arg(0))
        .about("make a watch")
        .tolerating(Errno.EMFILE)
        .ifTolerated("hold")
        .save("watch");
    // Before it is known that the record is there, so that no deletion goes unseen.
    program.call(Syscall.FCNTL, saved("watch"), arg(F_SETOWN), saved("keeper"));
    program.call(Syscall.FCNTL, saved("watch"), arg(F_SETSIG), arg(Keeper.OUTPUT_READ));
    program.call(Syscall.FCNTL, saved("watch"), arg(F_SETFL), arg(O_ASYNC));
    program
        .call(Syscall.INOTIFY_ADD_WATCH, saved("watch"), arg(record.toString()), arg(IN_ATTRIB))
        // Fails when the record is gone, and so ends here.
        .about("watch the exit record")
        .tolerating(Errno.ENOSPC);
    program.label("hold");
  }

  private void put(String from, int to) {
    program.call(Syscall.DUP3, saved(from), arg(to), arg(0));
  }

  private void waitFor(@Nullable String process, Argument how, int options) {
    LaunchProgram.Step step =
        process == null
            ? program
                .call(Syscall.WAITID, arg(P_ALL), arg(0), how, arg(options), arg(0))
                .tolerating(Errno.ECHILD)
            : program.call(Syscall.WAITID, arg(P_PID), saved(process), how, arg(options), arg(0));
    step.about("wait for the container's process");
  }

  /** Receives the terminal; nothing when the container's process ends before it has one. */
  private void receiveTerminal() {
    program.call(Syscall.CLOSE, saved(FAR)).about("let go of the container's socket");
    Argument vector =
        new Argument.Block(
            "{one byte}",
            List.of(
                new Argument.Part.Value(
                    new Argument.Block("byte", List.of(new Argument.Part.Bytes(new byte[8])))),
                new Argument.Part.Bytes(eight(1))));
    Argument control =
        new Argument.Block(
            "{descriptor}",
            List.of(
                new Argument.Part.Bytes(new byte[16]), new Argument.Part.Cell("kept terminal")));
    program
        .call(
            Syscall.RECVMSG,
            saved(NEAR),
            new Argument.Block(
                "{terminal}",
                List.of(
                    new Argument.Part.Bytes(new byte[16]),
                    new Argument.Part.Value(vector),
                    new Argument.Part.Bytes(eight(1)),
                    new Argument.Part.Value(control),
                    new Argument.Part.Bytes(eight(24)),
                    new Argument.Part.Bytes(new byte[8]))),
            arg(0))
        .about("receive the terminal");
    put("kept terminal", Keeper.TERMINAL);
  }

  private static long bit(int signal) {
    return 1L << (signal - 1);
  }

  private static byte[] eight(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
