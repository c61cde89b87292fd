package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.linux.WaitResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Asks how the process of a pidfd ended: by waiting for a child, by asking the pidfd otherwise. */
final class ExitQuery {
  private static final int P_PIDFD = 3;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int CLD_EXITED = 1;

  /** _IOWR(0xFF, 11, struct pidfd_info) with the structure's first published size. */
  private static final long PIDFD_GET_INFO = 0xc040ff0bL;

  private static final long PIDFD_INFO_EXIT = 8;
  private static final int INFO_BYTES = 64;

  /** Field 52, counted from the one after the name. */
  private static final int EXIT_CODE = 49;

  private ExitQuery() {}

  static WaitResult ask(int pidfd) {
    Memory info = new Memory(128);
    info.clear();
    long result = JnaKernel.raw(Syscall.WAITID, P_PIDFD, pidfd, info, WEXITED | WNOHANG, 0);
    if (result == -Errno.ECHILD.number()) {
      return stranger(pidfd);
    }
    JnaKernel.check("waitid", result);
    if (info.getInt(16) == 0) {
      return new WaitResult.Running();
    }
    int status = info.getInt(24);
    return info.getInt(8) == CLD_EXITED
        ? new WaitResult.Exited(status)
        : new WaitResult.Signalled(status);
  }

  private static WaitResult stranger(int pidfd) {
    Memory info = new Memory(INFO_BYTES);
    info.clear();
    info.setLong(0, PIDFD_INFO_EXIT);
    long result = JnaKernel.raw(Syscall.IOCTL, pidfd, PIDFD_GET_INFO, info);
    if (result == 0 && (info.getLong(0) & PIDFD_INFO_EXIT) != 0) {
      return ofStatus(info.getInt(INFO_BYTES - Integer.BYTES));
    }
    OptionalInt unreaped = statusOfUnreaped(pidfd);
    if (unreaped.isPresent()) {
      return ofStatus(unreaped.getAsInt());
    }
    return alive(pidfd) ? new WaitResult.Running() : new WaitResult.Unknown();
  }

  private static WaitResult ofStatus(int status) {
    int signal = status & 0x7f;
    return signal == 0
        ? new WaitResult.Exited((status >> 8) & 0xff)
        : new WaitResult.Signalled(signal);
  }

  /**
   * The wait status of a process that has ended and that its parent has not reaped:
   * proc_pid_stat(5) shows it to root on every kernel, also where pidfds tell nothing, and before a
   * lazy process 1 gets to it.
   */
  private static OptionalInt statusOfUnreaped(int pidfd) {
    try {
      String pid = "";
      for (String line :
          Files.readAllLines(Path.of("/proc/self/fdinfo", Integer.toString(pidfd)))) {
        if (line.startsWith("Pid:")) {
          pid = line.substring(4).strip();
        }
      }
      String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
      return fields[0].equals("Z") && fields.length > EXIT_CODE
          ? OptionalInt.of(Integer.parseInt(fields[EXIT_CODE]))
          : OptionalInt.empty();
    } catch (IOException | NumberFormatException gone) {
      return OptionalInt.empty();
    }
  }

  /** A process that has ended and is not reaped yet counts as alive: its parent may be slow. */
  private static boolean alive(int pidfd) {
    long result = JnaKernel.raw(Syscall.PIDFD_SEND_SIGNAL, pidfd, 0, 0, 0);
    if (result < 0 && result != -Errno.ESRCH.number() && result != -Errno.EPERM.number()) {
      throw new KernelException("pidfd_send_signal", new Errno((int) -result));
    }
    return result != -Errno.ESRCH.number();
  }
}
