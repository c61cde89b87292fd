package dev.jcompose.engine.build.cache;

import java.time.Instant;

/**
 * Something that builds keep for the next ones.
 *
 * @param id names it: the chain id of a step's layer, or that of a folder
 * @param kind what it is
 * @param description the instruction, or the id of the cache mount
 * @param size bytes of its files
 * @param inUse whether a build uses it now
 * @param shared whether an image has the layer too, so that removing it here frees nothing
 * @param created when it was made
 * @param lastUsed when a build last took it
 */
public record CacheEntry(
    String id,
    Kind kind,
    String description,
    long size,
    boolean inUse,
    boolean shared,
    Instant created,
    Instant lastUsed) {
  /** What is kept. */
  public enum Kind {
    /** The layer a step made. */
    STEP("regular"),
    /** The folder of a cache mount. */
    MOUNT("exec.cachemount");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** As BuildKit names it. */
    public String wireName() {
      return wireName;
    }
  }
}
