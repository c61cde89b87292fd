package dev.jcompose.engine.container.stream;

import dev.jcompose.engine.linux.Kernel;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * What reading output takes: direct memory and a pipe, both dear to make. As many exist as pumps
 * read at one moment; a few are kept.
 */
record Workplace(Kernel kernel, ByteBuffer block, ByteBuffer scrap, int copyOut, int copyIn) {
  /** As much as a pipe holds. */
  private static final int BLOCK = 64 * 1024;

  private static final int KEPT = 4;

  private static final Queue<Workplace> FREE = new ArrayBlockingQueue<>(KEPT);

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
    if (!clean || !FREE.offer(this)) {
      kernel.close(copyOut);
      kernel.close(copyIn);
    }
  }
}
