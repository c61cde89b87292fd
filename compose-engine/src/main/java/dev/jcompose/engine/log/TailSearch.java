package dev.jcompose.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Finds where the last lines of a file begin, reading it backwards. */
final class TailSearch {
  private static final int BLOCK = 64 * 1024;

  /**
   * Where to begin reading.
   *
   * @param lines complete lines from there to the end
   */
  record Result(long position, long lines) {}

  private TailSearch() {}

  static Result search(FileChannel channel, long wanted) throws IOException {
    long end = channel.size();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long found = 0;
    for (long upper = end; upper > 0; ) {
      long lower = Math.max(0, upper - BLOCK);
      block.clear().limit((int) (upper - lower));
      while (block.hasRemaining() && channel.read(block, lower + block.position()) > 0) {
        // read on until the block is full
      }
      for (int i = (int) (upper - lower) - 1; i >= 0; i--) {
        if (block.get(i) == '\n') {
          if (found == wanted) {
            return new Result(lower + i + 1, found);
          }
          found++;
        }
      }
      upper = lower;
    }
    return new Result(0, found);
  }
}
