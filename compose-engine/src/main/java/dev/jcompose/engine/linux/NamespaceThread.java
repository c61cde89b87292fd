package dev.jcompose.engine.linux;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work inside another network namespace. Sockets opened there stay in that namespace and can
 * be used from any thread afterwards.
 */
public final class NamespaceThread {
  private final Kernel kernel;

  public NamespaceThread(Kernel kernel) {
    this.kernel = kernel;
  }

  /**
   * Calls {@code work} on a fresh platform thread that has entered a network namespace, and waits
   * for it. The thread ends with the work, so nothing else ever runs in that namespace by accident.
   *
   * @param networkNamespace such as {@code /proc/PID/ns/net}
   * @throws Exception what the work throws
   */
  public <T> T call(Path networkNamespace, Callable<T> work) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              int descriptor = kernel.open(networkNamespace, Abi.O_RDONLY, 0);
              try {
                kernel.enterNamespace(descriptor, Abi.CLONE_NEWNET);
              } finally {
                kernel.close(descriptor);
              }
              return work.call();
            });
    Thread.ofPlatform().name("namespace").daemon().start(task);
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw failed;
    }
  }
}
