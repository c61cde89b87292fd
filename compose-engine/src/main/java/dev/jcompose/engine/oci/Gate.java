package dev.jcompose.engine.oci;

import dev.jcompose.engine.launch.Report;
import dev.jcompose.engine.linux.Abi;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelException;
import dev.jcompose.engine.runtime.process.Ahead;
import dev.jcompose.engine.runtime.process.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The two named pipes at which the process of a created container waits. */
final class Gate {
  private final Kernel kernel;
  private final Path gate;
  private final Path report;

  Gate(Kernel kernel, Path gate, Path report) {
    this.kernel = kernel;
    this.gate = gate;
    this.report = report;
  }

  /**
   * Lets the process go on and returns when it runs its program.
   *
   * @param name what it runs
   * @throws OciException when it could not, and has ended
   */
  void open(List<Ahead> ahead, String name) throws OciException {
    try {
      // Not waiting: a process that is gone does not hold the other ends any more.
      int reports = kernel.open(report, Abi.O_RDONLY | Abi.O_NONBLOCK, 0);
      try {
        int start = kernel.open(gate, Abi.O_WRONLY | Abi.O_NONBLOCK, 0);
        try {
          kernel.write(start, ByteBuffer.allocateDirect(1).put((byte) 1).flip());
        } finally {
          kernel.close(start);
        }
        kernel.setNonBlocking(reports, false);
        judge(read(reports), ahead, name);
      } finally {
        kernel.close(reports);
      }
    } catch (KernelException e) {
      throw new OciException("the container's process has ended: " + e.getMessage(), e);
    } finally {
      remove();
    }
  }

  private List<Report> read(int reports) {
    List<Report> all = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.allocateDirect(Report.BYTES);
    while (true) {
      buffer.clear();
      // Reports are written whole, so they are read whole.
      if (kernel.read(reports, buffer) < Report.BYTES) {
        return all;
      }
      all.add(Report.of(buffer.flip()));
    }
  }

  private static void judge(List<Report> reports, List<Ahead> ahead, String name)
      throws OciException {
    List<Refusal> refusals = new ArrayList<>();
    for (Report report : reports) {
      Ahead call = ahead.get(report.entry());
      if (!call.execution()) {
        throw new OciException(
            "the container could not be started: "
                + call.about()
                + ": "
                + report.error().map(Object::toString).orElse("result " + report.result()));
      }
      refusals.add(new Refusal(call.about(), report));
    }
    long candidates = ahead.stream().filter(Ahead::execution).count();
    if (!refusals.isEmpty() && refusals.size() == candidates) {
      throw new OciException(
          String.valueOf(Refusal.ofAll(name, refusals).getMessage()),
          Refusal.ofAll(name, refusals));
    }
  }

  private void remove() throws OciException {
    try {
      Files.deleteIfExists(gate);
      Files.deleteIfExists(report);
    } catch (IOException e) {
      throw new OciException("cannot remove " + gate, e);
    }
  }
}
