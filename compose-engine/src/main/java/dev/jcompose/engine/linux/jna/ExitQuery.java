package dev.jcompose.engine.linux.jna;

import com.sun.jna.Memory;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.Syscall;
import dev.jcompose.engine.linux.WaitResult;

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
      int status = info.getInt(INFO_BYTES - Integer.BYTES);
      int signal = status & 0x7f;
      return signal == 0
          ? new WaitResult.Exited((status >> 8) & 0xff)
          : new WaitResult.Signalled(signal);
    }
    return alive(pidfd) ? new WaitResult.Running() : new WaitResult.Unknown();
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
