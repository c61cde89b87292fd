package dev.jcompose.core.port.view;

import java.util.Locale;

/** The state of a container, in the words of the Docker Engine API. */
public enum ContainerStatus {
  CREATED,
  RUNNING,
  PAUSED,
  RESTARTING,
  REMOVING,
  EXITED,
  DEAD;

  /** Reads the API's word; a word we do not know counts as {@link #DEAD}. */
  public static ContainerStatus parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "created" -> CREATED;
      case "running" -> RUNNING;
      case "paused" -> PAUSED;
      case "restarting" -> RESTARTING;
      case "removing" -> REMOVING;
      case "exited" -> EXITED;
      default -> DEAD;
    };
  }

  /** Whether it has a process now or will have one again by itself. */
  public boolean up() {
    return this == RUNNING || this == PAUSED || this == RESTARTING;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
