package dev.jcompose.engine.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** {@link KernelEvents} on epoll. */
public final class EventThread implements KernelEvents {
  private static final System.Logger LOG = System.getLogger(EventThread.class.getName());
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int BATCH = 64;

  /** How long the parent of a process that is not our child may take to reap it. */
  private static final long REAP_NANOS = 2_000_000_000L;

  private static final int REAP_POLL_MILLIS = 5;
  private static final long WAKE_KEY = 0;

  private final Kernel kernel;
  private final int epoll;
  private final int wake;
  private final AtomicLong keys = new AtomicLong(WAKE_KEY);
  private final Map<Long, Runnable> handlers = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Unreaped> added = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  private record Unreaped(int pidfd, Consumer<WaitResult> ended, long since) {}

  /** Starts the thread. */
  public EventThread(Kernel kernel) {
    this.kernel = kernel;
    this.epoll = kernel.epoll();
    this.wake = kernel.eventCounter();
    kernel.epollControl(epoll, ADD, wake, Abi.EPOLLIN, WAKE_KEY);
    this.thread = Thread.ofPlatform().name("kernel-events").daemon().start(this::run);
  }

  @Override
  public Watch watch(int descriptor, Consumer<Watch> readable) {
    return new Registration(descriptor, Abi.EPOLLIN, readable);
  }

  @Override
  public Watch watchWritable(int descriptor, Consumer<Watch> writable) {
    return new Registration(descriptor, Abi.EPOLLOUT, writable);
  }

  @Override
  public void watchExit(int pidfd, Consumer<WaitResult> ended) {
    long key = keys.incrementAndGet();
    handlers.put(
        key,
        () -> {
          handlers.remove(key);
          kernel.epollControl(epoll, REMOVE, pidfd, 0, 0);
          added.add(new Unreaped(pidfd, ended, System.nanoTime()));
        });
    kernel.epollControl(epoll, ADD, pidfd, Abi.EPOLLIN, key);
  }

  @Override
  public void close() {
    closed = true;
    ByteBuffer one = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    one.putLong(1).flip();
    kernel.write(wake, one);
    if (!Thread.currentThread().equals(thread)) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    long[] ready = new long[BATCH];
    int[] events = new int[BATCH];
    List<Unreaped> unreaped = new ArrayList<>();
    while (!closed) {
      int count =
          kernel.epollWait(epoll, ready, events, unreaped.isEmpty() ? -1 : REAP_POLL_MILLIS);
      for (int i = 0; i < count; i++) {
        Runnable handler = handlers.get(ready[i]);
        if (handler != null) {
          guarded(handler);
        }
      }
      for (Unreaped next = added.poll(); next != null; next = added.poll()) {
        unreaped.add(next);
      }
      unreaped.removeIf(this::reap);
    }
    kernel.close(epoll);
    kernel.close(wake);
  }

  private boolean reap(Unreaped process) {
    WaitResult result = kernel.wait(process.pidfd());
    if (result instanceof WaitResult.Running) {
      if (System.nanoTime() - process.since() < REAP_NANOS) {
        return false;
      }
      result = new WaitResult.Unknown();
    }
    WaitResult told = result;
    kernel.close(process.pidfd());
    guarded(() -> process.ended().accept(told));
    return true;
  }

  private static void guarded(Runnable handler) {
    try {
      handler.run();
    } catch (RuntimeException | Error failed) {
      LOG.log(System.Logger.Level.ERROR, "a handler of a kernel event failed", failed);
    }
  }

  private final class Registration implements Watch {
    private final int descriptor;
    private final int events;
    private final long key = keys.incrementAndGet();
    private boolean open = true;
    private boolean suspended;

    Registration(int descriptor, int events, Consumer<Watch> handler) {
      this.descriptor = descriptor;
      this.events = events;
      handlers.put(key, () -> handler.accept(this));
      kernel.epollControl(epoll, ADD, descriptor, events, key);
    }

    @Override
    public synchronized void suspend() {
      if (open && !suspended) {
        suspended = true;
        // Removed, not masked: an ended pipe would report its hang-up for ever.
        remove();
      }
    }

    @Override
    public synchronized void resume() {
      if (open && suspended) {
        suspended = false;
        kernel.epollControl(epoll, ADD, descriptor, events, key);
      }
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        handlers.remove(key);
        if (!suspended) {
          remove();
        }
      }
    }

    private void remove() {
      try {
        kernel.epollControl(epoll, REMOVE, descriptor, 0, 0);
      } catch (KernelException gone) {
        LOG.log(System.Logger.Level.DEBUG, "descriptor was closed before its watch", gone);
      }
    }
  }
}
