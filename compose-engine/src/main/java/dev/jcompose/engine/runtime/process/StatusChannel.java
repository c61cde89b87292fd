package dev.jcompose.engine.runtime.process;

import dev.jcompose.engine.launch.Report;
import dev.jcompose.engine.linux.Errno;
import dev.jcompose.engine.linux.Kernel;
import dev.jcompose.engine.linux.KernelEvents;
import dev.jcompose.engine.linux.KernelException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The engine's end of a program's status socket. Reports arrive on the event thread and wait in a
 * queue, so that a virtual thread can wait for them without holding its carrier.
 */
final class StatusChannel implements AutoCloseable {
  /** What a program can say. */
  sealed interface Message {
    /** About one of its calls. */
    record Reported(Report report) implements Message {}

    /** Here is a terminal. */
    record Terminal(int descriptor) implements Message {}

    /** Nothing any more: it runs what it was to run, or has ended. */
    record End() implements Message {}
  }

  /** A program that says nothing for so long hangs, for instance on a dead network file system. */
  private static final long PATIENCE_SECONDS = 60;

  private final Kernel kernel;
  private final int socket;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final KernelEvents.Watch watch;
  private boolean open = true;

  /** Takes over the socket. */
  StatusChannel(Kernel kernel, KernelEvents events, int socket) {
    this.kernel = kernel;
    this.socket = socket;
    kernel.setNonBlocking(socket, true);
    this.watch = events.watch(socket, this::receive);
  }

  private synchronized void receive(KernelEvents.Watch watch) {
    if (!open) {
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(Report.BYTES);
    try {
      int descriptor = kernel.receiveWithDescriptor(socket, buffer);
      buffer.flip();
      if (descriptor >= 0) {
        messages.add(new Message.Terminal(descriptor));
      } else if (buffer.remaining() == Report.BYTES) {
        messages.add(new Message.Reported(Report.of(buffer)));
      } else if (!buffer.hasRemaining()) {
        finish(watch);
      }
    } catch (KernelException failed) {
      if (!failed.errno().equals(Errno.EAGAIN)) {
        finish(watch);
      }
    }
  }

  private void finish(KernelEvents.Watch watch) {
    watch.suspend();
    messages.add(new Message.End());
  }

  /** The next message; the end comes once. */
  Message next() throws InterruptedException {
    Message message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    return message == null ? new Message.End() : message;
  }

  /** Opens the gate the program waits at. */
  void openGate() {
    ByteBuffer one = ByteBuffer.allocateDirect(1);
    one.put((byte) 1).flip();
    kernel.write(socket, one);
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      watch.close();
      kernel.close(socket);
      for (Message left = messages.poll(); left != null; left = messages.poll()) {
        if (left instanceof Message.Terminal(int descriptor)) {
          kernel.close(descriptor);
        }
      }
    }
  }
}
