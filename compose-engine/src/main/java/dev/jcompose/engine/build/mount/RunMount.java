package dev.jcompose.engine.build.mount;

import org.jspecify.annotations.Nullable;

/**
 * What {@code RUN --mount} puts into the file system while the command runs; nothing of it ends up
 * in the image. A target is as written: when it is relative it is meant from the working directory.
 */
public sealed interface RunMount {
  /** The path where it appears; empty when it has none. */
  String target();

  /**
   * Files of the context, a stage, an image or a named context.
   *
   * @param from name or number of a stage, name of a context, or an image; empty for the context
   * @param source path in it; the root when it is {@code /}
   * @param readOnly when false, what the command writes is thrown away after it
   */
  record Bind(String target, String from, String source, boolean readOnly) implements RunMount {}

  /**
   * A folder that stays on the machine from build to build.
   *
   * @param id what tells it from others
   * @param from where its first content comes from; empty for nothing
   * @param source path in that
   * @param owner of the folder when it is made: mode 0755 and 0:0 unless said
   */
  record Cache(
      String target,
      String id,
      String from,
      String source,
      boolean readOnly,
      Sharing sharing,
      Ownership owner)
      implements RunMount {}

  /**
   * A file system in memory.
   *
   * @param size in bytes at most; 0 for no bound
   */
  record Tmpfs(String target, long size) implements RunMount {}

  /**
   * A secret of whoever builds.
   *
   * @param target empty when it is in the environment only
   * @param environment the variable that holds it; empty for none
   * @param required whether the build fails without it
   * @param owner of the file: mode 0400 and 0:0 unless said
   */
  record Secret(String target, String id, String environment, boolean required, Ownership owner)
      implements RunMount {}

  /**
   * The socket of the ssh agent of whoever builds.
   *
   * @param target empty for {@code /run/buildkit/ssh_agent.N}
   * @param id {@code default} unless said
   * @param required whether the build fails without it
   * @param owner of the socket: mode 0600 and 0:0 unless said
   */
  record Ssh(String target, String id, boolean required, Ownership owner) implements RunMount {}

  /** What builds do that use a cache at the same time. */
  enum Sharing {
    /** They write to the same folder. */
    SHARED,
    /** Each gets a folder of its own. */
    PRIVATE,
    /** One waits for the other. */
    LOCKED
  }

  /**
   * Who owns it.
   *
   * @param mode permission bits; null for the default of the kind
   * @param uid user id
   * @param gid group id
   */
  record Ownership(@Nullable Integer mode, int uid, int gid) {}
}
