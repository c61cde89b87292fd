package dev.jcompose.engine.linux;

import java.util.function.Consumer;

/**
 * One platform thread that waits for descriptors to become readable or writable and for processes
 * to end. Handlers run on that thread, one at a time: they must be short and must not block; what
 * takes longer goes to a virtual thread.
 */
public interface KernelEvents extends AutoCloseable {

  /** A descriptor being watched. */
  interface Watch extends AutoCloseable {
    /** Stops calling the handler until {@link #resume()}, for instance while a writer is behind. */
    void suspend();

    /** Calls the handler again whenever there is something to read. */
    void resume();

    /**
     * Ends the watch. The descriptor stays open. Called from another thread than the handlers', one
     * call may still be running when this returns.
     */
    @Override
    void close();
  }

  /**
   * Calls {@code readable} whenever the descriptor can be read without blocking, has come to its
   * end, or has failed (level-triggered: read until -1, or be called again). After the end of input
   * the handler must close the watch, which it is given because it may be called before this method
   * has returned it.
   */
  Watch watch(int descriptor, Consumer<Watch> readable);

  /** As {@link #watch(int, Consumer)}, for a handler that can do without its watch. */
  default Watch watch(int descriptor, Runnable readable) {
    return watch(descriptor, _ -> readable.run());
  }

  /** As {@link #watch(int, Consumer)}, but for writing. */
  Watch watchWritable(int descriptor, Consumer<Watch> writable);

  /** As {@link #watchWritable(int, Consumer)}, for a handler that can do without its watch. */
  default Watch watchWritable(int descriptor, Runnable writable) {
    return watchWritable(descriptor, _ -> writable.run());
  }

  /**
   * Calls {@code ended} once when the process of a pidfd has ended, with the best the kernel can
   * tell; then closes the pidfd.
   */
  void watchExit(int pidfd, Consumer<WaitResult> ended);

  /** Ends the thread. Watches are forgotten, descriptors stay open. */
  @Override
  void close();
}
