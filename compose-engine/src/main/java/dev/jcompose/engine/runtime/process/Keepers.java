package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.Keeper;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** What an engine can have of a keeper, which may be one that an earlier engine started. */
final class Keepers {
  private static final System.Logger LOG = System.getLogger(Keepers.class.getName());

  private Keepers() {}

  /** A copy of its end of the terminal, which the caller owns. */
  static OptionalInt terminal(Kernel kernel, OptionalInt keeper) {
    return with(
        kernel, keeper, pidfd -> OptionalInt.of(kernel.copyDescriptor(pidfd, Keeper.TERMINAL)));
  }

  /** Sends it a signal, which has one of the meanings of {@link Keeper}. */
  static void tell(Kernel kernel, OptionalInt keeper, int signal) {
    var _ =
        with(
            kernel,
            keeper,
            pidfd -> {
              kernel.signal(pidfd, signal);
              return OptionalInt.empty();
            });
  }

  private static OptionalInt with(
      Kernel kernel, OptionalInt keeper, IntFunction<OptionalInt> work) {
    if (keeper.isEmpty()) {
      return OptionalInt.empty();
    }
    int pid = keeper.getAsInt();
    try {
      int pidfd = kernel.openProcess(pid);
      try {
        // Asked after the pidfd was opened: so it is of a keeper, not of a process with its number.
        boolean right = ProcessTable.name(pid).filter(Keeper.NAME::equals).isPresent();
        return right ? work.apply(pidfd) : OptionalInt.empty();
      } finally {
        kernel.close(pidfd);
      }
    } catch (KernelException failed) {
      if (!failed.errno().equals(Errno.ESRCH)) {
        LOG.log(System.Logger.Level.WARNING, "keeper " + pid + " does not help", failed);
      }
      return OptionalInt.empty();
    }
  }
}
