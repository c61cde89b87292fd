package dev.jcompose.engine.runtime;

/**
 * Capability sets as bits, bit n for capability n (capabilities(7)). There are no inheritable ones.
 *
 * @param bounding the most the container can ever have
 * @param effective what the process starts with
 * @param ambient kept by programs without file capabilities
 */
public record Capabilities(long bounding, long effective, long ambient) {
  /** What Docker gives to root in a container. */
  public static final long STANDARD = 0xa80425fbL;

  /** For a process of this user: root has all of the bounding set, others start with none. */
  public static Capabilities of(long bounding, int uid) {
    return new Capabilities(bounding, uid == 0 ? bounding : 0, 0);
  }
}
