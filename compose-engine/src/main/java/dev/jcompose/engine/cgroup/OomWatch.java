package dev.jcompose.engine.cgroup;

import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells each time that a control group of version 1 has run out of memory, whoever of it is killed
 * for that.
 */
final class OomWatch implements AutoCloseable {
  private final Kernel kernel;
  private final int counter;
  private final int control;
  private final KernelEvents.Watch watch;

  /**
   * Begins to watch.
   *
   * @param directory of the memory controller
   * @param told called on the thread of the events
   */
  OomWatch(Kernel kernel, KernelEvents events, Path directory, Runnable told) {
    this.kernel = kernel;
    Path file = directory.resolve("memory.oom_control");
    this.control = kernel.open(file, Abi.O_RDONLY, 0);
    this.counter = kernel.eventCounter();
    this.watch =
        events.watch(
            counter,
            () -> {
              kernel.read(counter, ByteBuffer.allocateDirect(Long.BYTES));
              // The kernel counts the removal of the group too.
              if (Files.exists(file)) {
                told.run();
              }
            });
    try {
      new CgroupFiles(directory).write("cgroup.event_control", counter + " " + control);
    } catch (RuntimeException gone) {
      close();
      throw gone;
    }
  }

  @Override
  public void close() {
    watch.close();
    kernel.close(counter);
    kernel.close(control);
  }
}
