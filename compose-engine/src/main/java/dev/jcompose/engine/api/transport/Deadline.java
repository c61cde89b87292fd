package dev.jcompose.engine.api.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection when a call takes too long: blocking channels know no timeout of their own. A
 * thread exists only while a deadline does.
 */
final class Deadline implements AutoCloseable {
  static final Deadline NONE = new Deadline();

  private @Nullable Thread watch;
  private @Nullable Connection connection;
  private boolean over;

  private Deadline() {}

  static Deadline in(@Nullable Duration timeout) {
    if (timeout == null) {
      return NONE;
    }
    Deadline deadline = new Deadline();
    Thread watch =
        new Thread(
            () -> {
              try {
                Thread.sleep(timeout);
                deadline.expire();
              } catch (InterruptedException e) {
                // The call was answered in time.
              }
            },
            "deadline");
    watch.setDaemon(true);
    deadline.watch = watch;
    watch.start();
    return deadline;
  }

  synchronized void closes(Connection connection) {
    if (watch != null) {
      this.connection = connection;
      if (over) {
        connection.close();
      }
    }
  }

  synchronized boolean isOver() {
    return over;
  }

  @Override
  public synchronized void close() {
    connection = null;
    if (watch != null) {
      watch.interrupt();
    }
  }

  private synchronized void expire() {
    over = true;
    if (connection != null) {
      connection.close();
    }
  }
}
