package dev.jcompose.engine.container;

import dev.jcompose.engine.container.health.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a container is in its life.
 *
 * @param pid of the first process as the host sees it; 0 when there is none
 * @param pidStartTime field 22 of /proc/PID/stat, in clock ticks since boot; tells a process from a
 *     later one with the same pid
 * @param exitCode of the last run; 0 before the first
 * @param error why the last start failed; empty when it did not
 * @param startedAt null before the first start
 * @param finishedAt null before the first exit
 * @param oomKilled the last run was ended by the kernel for want of memory
 * @param stoppedByHand a client stopped it: restart policies other than {@code always} leave it so
 * @param health null without a health check
 */
public record ContainerState(
    Status status,
    int pid,
    long pidStartTime,
    int exitCode,
    String error,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    boolean oomKilled,
    boolean stoppedByHand,
    @Nullable Health health) {

  /** A container that has never run. */
  public static final ContainerState CREATED =
      new ContainerState(Status.CREATED, 0, 0, 0, "", null, null, false, false, null);

  /** The states of a container, with Docker's names. */
  public enum Status {
    CREATED,
    RUNNING,
    PAUSED,
    RESTARTING,
    REMOVING,
    EXITED,
    DEAD;

    /** The name on the wire. */
    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Whether a process of the container exists, paused or not. */
  public boolean hasProcess() {
    return pid != 0;
  }

  /** Docker's flag {@code Running}: also true while paused and while waiting for a restart. */
  public boolean running() {
    return switch (status) {
      case RUNNING, PAUSED, RESTARTING -> true;
      case CREATED, REMOVING, EXITED, DEAD -> false;
    };
  }

  public ContainerState withStatus(Status changed) {
    return new ContainerState(
        changed,
        pid,
        pidStartTime,
        exitCode,
        error,
        startedAt,
        finishedAt,
        oomKilled,
        stoppedByHand,
        health);
  }

  public ContainerState withHealth(@Nullable Health changed) {
    return new ContainerState(
        status,
        pid,
        pidStartTime,
        exitCode,
        error,
        startedAt,
        finishedAt,
        oomKilled,
        stoppedByHand,
        changed);
  }

  public ContainerState withStoppedByHand(boolean changed) {
    return new ContainerState(
        status,
        pid,
        pidStartTime,
        exitCode,
        error,
        startedAt,
        finishedAt,
        oomKilled,
        changed,
        health);
  }
}
