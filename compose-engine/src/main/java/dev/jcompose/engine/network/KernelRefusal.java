package dev.jcompose.engine.network;

import dev.jcompose.engine.EngineException;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.linux.netlink.NetlinkException;
import java.util.function.Supplier;

/** Turns what the kernel says no to into a sentence of the engine. */
final class KernelRefusal {
  private KernelRefusal() {}

  /**
   * Does work that talks to the kernel.
   *
   * @param what names the request, at the beginning of the sentence
   */
  static <T> T told(String what, Supplier<T> work) {
    try {
      return work.get();
    } catch (NetlinkException | KernelException e) {
      throw new EngineException.Failed(what + ": " + e.getMessage(), e);
    }
  }

  /** The same for work without a result. */
  static void toldOf(String what, Runnable work) {
    boolean _ =
        told(
            what,
            () -> {
              work.run();
              return true;
            });
  }
}
