package dev.jcompose.engine.container;

import dev.jcompose.engine.container.spec.ContainerSpec;
import dev.jcompose.engine.container.spec.HostResources;
import dev.jcompose.engine.container.spec.NetworkSettings;
import dev.jcompose.engine.container.spec.RestartPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The containers of this engine and everything that moves one from state to state.
 *
 * <p>A {@code reference} is a full id, a name with or without a leading slash, or the unique start
 * of an id, tried in this order. Every method that takes one throws {@link
 * dev.jcompose.engine.EngineException.NotFound} when nothing matches and {@link
 * dev.jcompose.engine.EngineException.InvalidRequest} when an id prefix is ambiguous. Calls block
 * until the thing is done and are made for virtual threads. A caller that goes away does not cancel
 * what it began.
 */
public interface Containers {
  /** What {@link #create} answers: the new id, and what the caller may want to know. */
  record Created(String id, List<String> warnings) {
    public Created {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Makes a container that does not run yet: a record and its directories.
   *
   * @param name null: one is made up
   * @throws dev.jcompose.engine.EngineException.NotFound when there is no such image
   * @throws dev.jcompose.engine.EngineException.Conflict when the name is taken
   * @throws dev.jcompose.engine.EngineException.InvalidRequest when the request cannot be met
   */
  Created create(@Nullable String name, ContainerSpec request);

  /** The container's record at this moment. */
  ContainerRecord get(String reference);

  /** All containers, newest first. */
  List<ContainerRecord> list();

  /**
   * Starts a container and returns when its program runs.
   *
   * @throws dev.jcompose.engine.EngineException.NotModified when it runs already
   * @throws dev.jcompose.engine.EngineException.InvalidRequest when its program cannot be executed
   *     (exit codes 126 and 127)
   */
  void start(String reference);

  /**
   * Sends the stop signal, waits for the grace period, kills; returns when the container is dead.
   *
   * @param timeoutSeconds null: the container's own; negative: wait forever
   * @param signal null: the container's own
   * @throws dev.jcompose.engine.EngineException.NotModified when it does not run
   */
  void stop(String reference, @Nullable Integer timeoutSeconds, @Nullable String signal);

  /**
   * Sends a signal. After SIGKILL returns when the container is dead, else at once.
   *
   * @param signal name or number; null: SIGKILL
   * @throws dev.jcompose.engine.EngineException.Conflict when it does not run
   */
  void kill(String reference, @Nullable String signal);

  /** Stops the container when it runs, then starts it. Parameters as for {@link #stop}. */
  void restart(String reference, @Nullable Integer timeoutSeconds, @Nullable String signal);

  /** Freezes all processes of a running container. */
  void pause(String reference);

  /** Thaws a paused container. */
  void unpause(String reference);

  /**
   * Removes a container with its log and writable layer.
   *
   * @param force kill it first when it runs
   * @param volumes remove its anonymous volumes too
   * @throws dev.jcompose.engine.EngineException.Conflict when it runs and {@code force} is false
   */
  void remove(String reference, boolean force, boolean volumes);

  /**
   * Gives a container another name.
   *
   * @throws dev.jcompose.engine.EngineException.Conflict when the name is taken
   */
  void rename(String reference, String newName);

  /**
   * Changes limits and restart policy in place, also of a running container. Zero or empty leaves a
   * limit as it is.
   *
   * @param policy null: unchanged
   * @return warnings
   */
  List<String> update(String reference, HostResources changes, @Nullable RestartPolicy policy);

  /** When {@link #await} is done. */
  enum WaitCondition {
    /** At once when the container does not run, else at its exit. */
    NOT_RUNNING,
    /** At the next exit, also when it does not run now. */
    NEXT_EXIT,
    /** When the container is gone. */
    REMOVED
  }

  /**
   * How a wait ended.
   *
   * @param exitCode of the last run
   * @param error empty when all is well
   */
  record ExitOutcome(int exitCode, String error) {}

  /**
   * Registers a waiter before it returns, so that no exit after this call is missed; removal of the
   * container completes every waiter. Cancelling the future forgets the waiter.
   */
  CompletableFuture<ExitOutcome> await(String reference, WaitCondition condition);

  /** Puts a container on one more network; at once when it runs. */
  void connect(String reference, String network, NetworkSettings.Attachment attachment);

  /** Takes a container off a network. */
  void disconnect(String reference, String network, boolean force);
}
