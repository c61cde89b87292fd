package dev.jcompose.engine.runtime;

/**
 * Capability sets as bits, bit n for capability n (capabilities(7)).
 *
 * @param bounding the most the container can ever have
 * @param permitted what the process may make effective
 * @param effective what the process starts with
 * @param inheritable kept across execve of files that allow it; Docker gives none (CVE-2022-24769)
 * @param ambient kept by programs without file capabilities
 */
public record Capabilities(
    long bounding, long permitted, long effective, long inheritable, long ambient) {
  /** What Docker gives to root in a container. */
  public static final long STANDARD = 0xa80425fbL;

  /** With nothing inheritable but what is ambient, and all that is permitted effective. */
  public Capabilities(long bounding, long effective, long ambient) {
    this(bounding, effective, effective, ambient, ambient);
  }

  /** For a process of this user: root has all of the bounding set, others start with none. */
  public static Capabilities of(long bounding, int uid) {
    return new Capabilities(bounding, uid == 0 ? bounding : 0, 0);
  }
}
