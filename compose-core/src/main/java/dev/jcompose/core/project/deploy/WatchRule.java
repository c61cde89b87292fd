package dev.jcompose.core.project.deploy;

import dev.jcompose.core.project.process.Hook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when files under a path change ({@code develop.watch}).
 *
 * @param path absolute path on the host
 * @param action what happens
 * @param target absolute path in the container; null where the action needs none
 * @param include patterns of files to look at; empty for all
 * @param ignore patterns of files not to look at
 * @param exec command for {@link Action#SYNC_EXEC}; null for none
 * @param initialSync whether all files are copied at the start
 */
public record WatchRule(
    String path,
    Action action,
    @Nullable String target,
    List<String> include,
    List<String> ignore,
    @Nullable Hook exec,
    boolean initialSync) {
  /** Copies the lists. */
  public WatchRule {
    include = List.copyOf(include);
    ignore = List.copyOf(ignore);
  }

  /** What happens on a change. */
  public enum Action {
    /** Build the image and re-create the containers. */
    REBUILD("rebuild"),
    /** Copy the files. */
    SYNC("sync"),
    /** Restart the containers. */
    RESTART("restart"),
    /** Copy the files, then restart. */
    SYNC_RESTART("sync+restart"),
    /** Copy the files, then run a command in the containers. */
    SYNC_EXEC("sync+exec");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /** The action that a Compose file writes so, or {@link #REBUILD} for anything else. */
    public static Action of(String text) {
      for (Action action : values()) {
        if (action.text.equals(text)) {
          return action;
        }
      }
      return REBUILD;
    }

    /** As a Compose file writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
