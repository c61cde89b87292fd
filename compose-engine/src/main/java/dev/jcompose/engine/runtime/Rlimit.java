package dev.jcompose.engine.runtime;

import java.util.List;

/**
 * A resource limit.
 *
 * @param soft what applies, -1 for none
 * @param hard what the process may raise it to, -1 for none
 */
public record Rlimit(Resource resource, long soft, long hard) {
  /** What can be limited; numbers of x86-64 and aarch64. */
  public enum Resource {
    CPU(0),
    FSIZE(1),
    DATA(2),
    STACK(3),
    CORE(4),
    RSS(5),
    NPROC(6),
    NOFILE(7),
    MEMLOCK(8),
    AS(9),
    LOCKS(10),
    SIGPENDING(11),
    MSGQUEUE(12),
    NICE(13),
    RTPRIO(14),
    RTTIME(15);

    private final int number;

    Resource(int number) {
      this.number = number;
    }

    /** The kernel's number. */
    public int number() {
      return number;
    }
  }

  /**
   * Containers get these instead of the engine's own, which a Java machine has raised for itself.
   * Where the engine may not set so high a hard limit, its own is the ceiling.
   */
  public static List<Rlimit> standard() {
    return List.of(new Rlimit(Resource.NOFILE, 1024, 524288));
  }
}
