package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.runtime.Stdio;
import java.util.OptionalInt;

/** The pipes of an exec: the program's ends are closed with this, the engine's can be taken. */
final class Streams implements AutoCloseable {
  private static final int READ = 0;
  private static final int WRITE = 1;

  private final Kernel kernel;
  private final int[][] pipes;
  private final boolean stdin;
  private int target = -1;

  private Streams(Kernel kernel, int[][] pipes, boolean stdin) {
    this.kernel = kernel;
    this.pipes = pipes;
    this.stdin = stdin;
  }

  static Streams of(Kernel kernel, Stdio stdio) {
    if (!(stdio instanceof Stdio.Pipes(boolean stdin))) {
      return new Streams(kernel, new int[0][], false);
    }
    int[][] pipes = {kernel.pipe(0), kernel.pipe(0), kernel.pipe(0)};
    kernel.setNonBlocking(pipes[0][WRITE], true);
    kernel.setNonBlocking(pipes[1][READ], true);
    kernel.setNonBlocking(pipes[2][READ], true);
    return new Streams(kernel, pipes, stdin);
  }

  /** What the program is given: the process to join, which is closed with this, and the pipes. */
  int[] given(int process) {
    target = process;
    int[] ends = ends();
    int[] given = new int[ends.length + 1];
    given[0] = process;
    System.arraycopy(ends, 0, given, 1, ends.length);
    return given;
  }

  /** The program's ends of the pipes: input, output, error. */
  int[] ends() {
    return pipes.length == 0
        ? new int[0]
        : new int[] {pipes[0][READ], pipes[1][WRITE], pipes[2][WRITE]};
  }

  OptionalInt takeStdin() {
    return stdin ? take(0, WRITE) : OptionalInt.empty();
  }

  OptionalInt takeStdout() {
    return take(1, READ);
  }

  OptionalInt takeStderr() {
    return take(2, READ);
  }

  private OptionalInt take(int stream, int end) {
    if (pipes.length == 0) {
      return OptionalInt.empty();
    }
    int taken = pipes[stream][end];
    pipes[stream][end] = -1;
    return OptionalInt.of(taken);
  }

  @Override
  public void close() {
    for (int[] pipe : pipes) {
      for (int end : pipe) {
        if (end >= 0) {
          kernel.close(end);
        }
      }
    }
    if (target >= 0) {
      kernel.close(target);
    }
  }
}
