package dev.jcompose.engine.container;

import dev.jcompose.engine.container.stream.Attachment;
import dev.jcompose.engine.log.LogQuery;
import dev.jcompose.engine.log.LogReader;

/** What containers write and read. References are as for {@link Containers}. */
public interface ContainerStreams {
  /**
   * Opens the log of a container. {@code query.follow()} is ignored when it does not run.
   *
   * @throws dev.jcompose.engine.EngineException.NotSupported when its log driver keeps nothing
   */
  LogReader logs(String reference, LogQuery query);

  /**
   * Which streams a client wants.
   *
   * @param logs the log so far comes first
   */
  record AttachRequest(
      boolean stdin, boolean stdout, boolean stderr, boolean stream, boolean logs) {}

  /**
   * Attaches a client, also to a container that has not been started yet.
   *
   * @throws dev.jcompose.engine.EngineException.Conflict when it is paused or waits for a restart
   */
  Attachment attach(String reference, AttachRequest request);

  /** Whether the container has a terminal, so its output is one raw stream. */
  boolean hasTerminal(String reference);

  /** Sets the size of the container's terminal, in characters. */
  void resize(String reference, int rows, int columns);
}
