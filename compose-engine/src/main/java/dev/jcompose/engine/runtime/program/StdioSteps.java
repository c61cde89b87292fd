package dev.jcompose.engine.runtime.program;

import static dev.jcompose.engine.launch.Argument.arg;
import static dev.jcompose.engine.launch.Argument.saved;

import dev.jcompose.engine.launch.Argument;
import dev.jcompose.engine.launch.Constant;
import dev.jcompose.engine.launch.LaunchProgram;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.runtime.Identity;
import dev.jcompose.engine.runtime.Stdio;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The part of a program that gives the process its standard input, output and error. */
final class StdioSteps {
  private static final long TIOCSCTTY = 0x540e;
  private static final long TIOCSWINSZ = 0x5414;
  private static final long TIOCSPTLCK = 0x40045431L;
  private static final long TIOCGPTPEER = 0x5441;

  private final Steps steps;
  private final LaunchProgram.Builder program;
  private final Identity identity;

  StdioSteps(Steps steps, Identity identity) {
    this.steps = steps;
    this.program = steps.program;
    this.identity = identity;
  }

  /** Opens named pipes of the host, while its paths can still be seen. */
  void openFifos(Stdio.Fifos fifos) {
    if (fifos.stdin() != null) {
      open(fifos.stdin(), Flags.READ_ONLY, "stdin");
    }
    // Read-write: the pipe stays usable, and keeps what is in it, when the engine is gone.
    open(fifos.stdout(), Flags.READ_WRITE, "stdout");
    open(fifos.stderr(), Flags.READ_WRITE, "stderr");
  }

  private void open(Path fifo, Constant flags, String save) {
    program
        .call(Syscall.OPENAT, Constant.AT_FDCWD.argument(), arg(fifo.toString()), flags.argument())
        .about("open " + fifo)
        .save(save);
    own(save);
  }

  /** The user must be able to open /dev/stdout, which leads to the same file. */
  private void own(String descriptor) {
    if (identity.uid() != 0) {
      program
          .call(Syscall.FCHOWN, saved(descriptor), arg(identity.uid()), arg(identity.gid()))
          .about("give standard streams to user " + identity.uid());
    }
  }

  /** Makes the opened named pipes the standard streams. */
  void useFifos(Stdio.Fifos fifos) {
    if (fifos.stdin() != null) {
      use("stdin", 0);
    }
    use("stdout", 1);
    use("stderr", 2);
  }

  /** Opens the container's /dev/null for the given standard descriptors. */
  void useNull(boolean knownDev, int... targets) {
    program
        .call(
            Syscall.OPENAT,
            knownDev ? saved(MountSteps.DEV) : Constant.AT_FDCWD.argument(),
            arg(knownDev ? "null" : "/dev/null"),
            Flags.READ_WRITE.argument())
        .about("open /dev/null")
        .save("null");
    for (int target : targets) {
      use("null", target);
    }
  }

  void use(String descriptor, int target) {
    program
        .call(Syscall.DUP3, saved(descriptor), arg(target), arg(0))
        .about("set standard descriptor " + target);
  }

  /** Makes a descriptor the program was given a standard one. */
  void useGiven(int descriptor, int target) {
    program
        .call(Syscall.DUP3, arg(descriptor), arg(target), arg(0))
        .about("set standard descriptor " + target);
    if (identity.uid() != 0) {
      program
          .call(Syscall.FCHOWN, arg(target), arg(identity.uid()), arg(identity.gid()))
          .about("give standard streams to user " + identity.uid())
          .tolerating(Errno.EPERM);
    }
  }

  /** Keeps the standard streams the program was started with. */
  void keep(Stdio.Inherited own, boolean knownDev) {
    boolean[] kept = {own.input(), own.output(), own.error()};
    int[] others = IntStream.range(0, kept.length).filter(i -> !kept[i]).toArray();
    if (others.length > 0) {
      useNull(knownDev, others);
    }
    for (int target = 0; target < kept.length; target++) {
      if (kept[target] && identity.uid() != 0) {
        program
            .call(Syscall.FCHOWN, arg(target), arg(identity.uid()), arg(identity.gid()))
            .about("give standard streams to user " + identity.uid())
            .tolerating(Errno.EPERM, Errno.EROFS, Errno.EINVAL);
      }
    }
  }

  /**
   * Makes a pseudo terminal in the container's own devpts and hands the engine its end.
   *
   * @param ptmx the call that opens the container's ptmx, saved as {@code terminal}
   * @param kept whether the keeper gets it too
   */
  void makeTerminal(Stdio.Terminal size, LaunchProgram.Step ptmx, boolean kept) {
    ptmx.about("open the container's /dev/pts/ptmx").save("terminal");
    ioctl("terminal", TIOCSPTLCK, Argument.longs("{0}", 0), "unlock the terminal");
    program
        .call(Syscall.IOCTL, saved("terminal"), arg(TIOCGPTPEER), Flags.READ_WRITE.argument())
        .about("open the terminal")
        .save("tty");
    if (size.rows() > 0 && size.columns() > 0) {
      ByteBuffer window = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      window.putShort((short) size.rows()).putShort((short) size.columns());
      ioctl(
          "tty",
          TIOCSWINSZ,
          new Argument.Block(
              "{" + size.rows() + "x" + size.columns() + "}",
              List.of(new Argument.Part.Bytes(window.array()))),
          "set the terminal's size");
    }
    own("tty");
    Argument message = terminalMessage();
    if (kept) {
      send(KeeperSteps.terminalSocket(), message);
    }
    send(arg(LaunchProgram.STATUS), message);
  }

  private void ioctl(String descriptor, long request, Argument argument, String about) {
    program.call(Syscall.IOCTL, saved(descriptor), arg(request), argument).about(about);
  }

  /** A message of one byte with which the saved terminal goes along. */
  private Argument terminalMessage() {
    Argument vector =
        new Argument.Block(
            "{one byte}",
            List.of(
                new Argument.Part.Value(Argument.bytes("t")),
                new Argument.Part.Bytes(eightBytes(1))));
    // struct cmsghdr {length 20, SOL_SOCKET, SCM_RIGHTS} and the descriptor, which is copied there.
    ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(20).putInt(1).putInt(1);
    Argument control =
        new Argument.Block(
            "{SCM_RIGHTS}",
            List.of(new Argument.Part.Bytes(header.array()), new Argument.Part.Cell("sent")));
    program
        .call(Syscall.FCNTL, saved("terminal"), arg(1030), arg(0))
        .about("copy the terminal's descriptor")
        .save("sent");
    return new Argument.Block(
        "{terminal}",
        List.of(
            new Argument.Part.Bytes(new byte[16]),
            new Argument.Part.Value(vector),
            new Argument.Part.Bytes(eightBytes(1)),
            new Argument.Part.Value(control),
            new Argument.Part.Bytes(eightBytes(20)),
            new Argument.Part.Bytes(new byte[8])));
  }

  private void send(Argument socket, Argument message) {
    program.call(Syscall.SENDMSG, socket, message, arg(0)).about("hand over the terminal");
  }

  /** A bind of the terminal over the container's /dev/console. */
  void console() {
    program
        .call(
            Syscall.MKNODAT,
            saved(MountSteps.DEV),
            arg("console"),
            Argument.mode(Abi.S_IFREG | 0600),
            arg(0))
        .about("make /dev/console");
    steps.openInRoot(MountSteps.DEV, "console", Flags.PATH, "console");
    program
        .call(
            Syscall.OPEN_TREE,
            saved("tty"),
            arg(""),
            Flags.OPEN_TREE_CLONE.or(Flags.EMPTY_PATH).argument())
        .about("open the terminal as a mount")
        .save("console tree");
    steps.attach("console tree", "console", "/dev/console");
  }

  /** Makes the terminal the standard streams and the controlling terminal. Needs a new session. */
  void useTerminal() {
    for (int target = 0; target <= 2; target++) {
      use("tty", target);
    }
    program.call(Syscall.IOCTL, arg(0), arg(TIOCSCTTY), arg(0)).about("take the terminal");
  }

  private static byte[] eightBytes(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
