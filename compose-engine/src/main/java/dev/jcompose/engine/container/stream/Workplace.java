package dev.jcompose.engine.container.stream;

import dev.jcompose.engine.linux.Kernel;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What reading output takes: direct memory and a pipe, both dear to make. As many exist as pumps
 * ever read at one moment.
 */
record Workplace(Kernel kernel, ByteBuffer block, ByteBuffer scrap, int copyOut, int copyIn) {
  /** As much as a pipe holds. */
  private static final int BLOCK = 64 * 1024;

  private static final Queue<Workplace> FREE = new ConcurrentLinkedQueue<>();

  static Workplace take(Kernel kernel) {
    Workplace free = FREE.poll();
    if (free != null) {
      return free;
    }
    int[] pipe = kernel.pipe(0);
    return new Workplace(
        kernel,
        ByteBuffer.allocateDirect(BLOCK),
        ByteBuffer.allocateDirect(BLOCK),
        pipe[0],
        pipe[1]);
  }

  /**
   * Ends the use.
   *
   * @param clean nothing is left in the pipe
   */
  void giveBack(boolean clean) {
    if (clean) {
      FREE.add(this);
    } else {
      kernel.close(copyOut);
      kernel.close(copyIn);
    }
  }
}
