package dev.jcompose.engine.container.stream;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Hands the output of one process to everybody who wants it: its log first, then the attached
 * clients. A client that reads slowly holds up the process, as a slow terminal would.
 */
public final class OutputHub {
  /** Somebody who wants output; a call may block and must not keep the buffer. */
  @FunctionalInterface
  public interface Listener {
    void output(StreamKind stream, ByteBuffer bytes) throws InterruptedException;
  }

  private final Listener log;
  private final List<ClientOutput> clients = new CopyOnWriteArrayList<>();

  /** Held for the recording of each piece: who joins sees a piece in the log, or live, not both. */
  private final Object recording = new Object();

  private long recorded;

  /**
   * Makes a hub without clients.
   *
   * @param log gets everything first
   */
  public OutputHub(Listener log) {
    this.log = log;
  }

  /**
   * Puts output into the log. The buffer may be used again after the call.
   *
   * @return the number of this piece of output
   */
  long record(StreamKind stream, ByteBuffer bytes) throws InterruptedException {
    synchronized (recording) {
      log.output(stream, bytes.asReadOnlyBuffer());
      return ++recorded;
    }
  }

  /** Shows a recorded piece to the clients. The buffer may be used again after the call. */
  void show(StreamKind stream, ByteBuffer bytes, long number) throws InterruptedException {
    if (clients.isEmpty()) {
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    for (ClientOutput client : clients) {
      client.offer(new OutputChunk(stream, copy), number);
    }
  }

  /**
   * Adds a client; it sees everything that is recorded from now on.
   *
   * @param meanwhile done while nothing is recorded, for looking at the log as it is then
   */
  void add(ClientOutput client, Runnable meanwhile) {
    synchronized (recording) {
      client.joinAfter(recorded);
      clients.add(client);
      meanwhile.run();
    }
  }

  void remove(ClientOutput client) {
    clients.remove(client);
  }

  /** The process has ended and all its output was published: clients come to their end. */
  public void end() {
    clients.forEach(ClientOutput::end);
    clients.clear();
  }
}
