package dev.jcompose.core.port.view;

import java.util.Locale;

/** What the healthcheck of a container says; {@link #NONE} when it has none. */
public enum Health {
  NONE,
  STARTING,
  HEALTHY,
  UNHEALTHY;

  /** Reads the API's word; empty or unknown counts as {@link #NONE}. */
  public static Health parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "starting" -> STARTING;
      case "healthy" -> HEALTHY;
      case "unhealthy" -> UNHEALTHY;
      default -> NONE;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
