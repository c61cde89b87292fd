package dev.jcompose.cli.render.table;

import java.time.Duration;

/** How long something has lasted, in the words people know from docker. */
public final class Age {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Age() {}

  /** Words such as "5 minutes" or "About an hour"; the thresholds are Docker's. */
  public static String of(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 1) {
      return "Less than a second";
    }
    if (seconds == 1) {
      return "1 second";
    }
    if (seconds < MINUTE) {
      return seconds + " seconds";
    }
    if (seconds < 2 * MINUTE) {
      return "About a minute";
    }
    if (seconds < HOUR) {
      return seconds / MINUTE + " minutes";
    }
    // Docker rounds hours and cuts everything else off.
    long hours = (seconds + HOUR / 2) / HOUR;
    if (hours == 1) {
      return "About an hour";
    }
    if (hours < 48) {
      return hours + " hours";
    }
    long days = seconds / DAY;
    if (days < 14) {
      return days + " days";
    }
    if (days < 60) {
      return days / 7 + " weeks";
    }
    if (days < 730) {
      return days / 30 + " months";
    }
    return days / 365 + " years";
  }
}
