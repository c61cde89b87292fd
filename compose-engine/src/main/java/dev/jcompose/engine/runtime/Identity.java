package dev.jcompose.engine.runtime;

import java.util.List;

/**
 * As whom a process runs.
 *
 * @param groups supplementary groups
 * @param home home directory from the image's user list, {@code /} if it has none
 */
public record Identity(int uid, int gid, List<Integer> groups, String home) {
  public static final Identity ROOT = new Identity(0, 0, List.of(), "/root");

  public Identity {
    groups = List.copyOf(groups);
  }
}
