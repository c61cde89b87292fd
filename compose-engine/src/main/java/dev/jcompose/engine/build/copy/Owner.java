package dev.jcompose.engine.build.copy;

/** Numbers of a user and a group. */
public record Owner(long uid, long gid) {
  /** Whom files of a context belong to. */
  public static final Owner ROOT = new Owner(0, 0);
}
