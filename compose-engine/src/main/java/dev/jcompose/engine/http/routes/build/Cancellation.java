package dev.jcompose.engine.http.routes.build;

import dev.jcompose.engine.http.Exchange;

/** Interrupts the thread of a build when its client goes, and not after the build has ended. */
final class Cancellation implements AutoCloseable {
  private final Thread builder = Thread.currentThread();
  private boolean over;

  private Cancellation() {}

  /** Watches over the calling thread until closed. */
  static Cancellation when(Exchange exchange) {
    Cancellation cancellation = new Cancellation();
    exchange.whenClientGoes(cancellation::cancel);
    return cancellation;
  }

  private synchronized void cancel() {
    if (!over) {
      builder.interrupt();
    }
  }

  @Override
  public synchronized void close() {
    over = true;
    // One that came at the last moment is for the build and not for what the thread does next.
    Thread.interrupted();
  }
}
