package dev.jcompose.core.project.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a service's image is pulled. The text form is that of {@code pull_policy:}.
 *
 * @param kind when
 * @param refreshAfter for {@link Kind#REFRESH}: how old an image may get; null otherwise
 */
public record PullPolicy(Kind kind, @Nullable Duration refreshAfter) {
  /** When an image is pulled. */
  public enum Kind {
    /** Each time. */
    ALWAYS,
    /** Never; a missing image is an error. */
    NEVER,
    /** When it is not there. */
    MISSING,
    /** It is built instead. */
    BUILD,
    /** When it is older than a given time. */
    REFRESH
  }

  /** Reads a policy; null when it is none. */
  public static @Nullable PullPolicy parse(String text) {
    return switch (text) {
      case "always" -> new PullPolicy(Kind.ALWAYS, null);
      case "never" -> new PullPolicy(Kind.NEVER, null);
      case "missing", "if_not_present" -> new PullPolicy(Kind.MISSING, null);
      case "build" -> new PullPolicy(Kind.BUILD, null);
      case "refresh", "daily" -> new PullPolicy(Kind.REFRESH, Duration.ofDays(1));
      case "weekly" -> new PullPolicy(Kind.REFRESH, Duration.ofDays(7));
      default -> text.startsWith("every_") ? every(text.substring(6)) : null;
    };
  }

  private static @Nullable PullPolicy every(String span) {
    long seconds = 0;
    long number = -1;
    for (int i = 0; i < span.length(); i++) {
      char c = span.charAt(i);
      if (c >= '0' && c <= '9') {
        if (number > 100_000_000) {
          return null;
        }
        number = Math.max(number, 0) * 10 + (c - '0');
        continue;
      }
      long unit =
          switch (c) {
            case 'w' -> 604_800;
            case 'd' -> 86_400;
            case 'h' -> 3_600;
            case 'm' -> 60;
            case 's' -> 1;
            default -> 0;
          };
      if (unit == 0 || number < 0) {
        return null;
      }
      seconds += number * unit;
      number = -1;
    }
    return span.isEmpty() || number >= 0
        ? null
        : new PullPolicy(Kind.REFRESH, Duration.ofSeconds(seconds));
  }

  /** A text that {@link #parse} reads to an equal policy. */
  @Override
  public String toString() {
    return switch (kind) {
      case ALWAYS -> "always";
      case NEVER -> "never";
      case MISSING -> "missing";
      case BUILD -> "build";
      case REFRESH -> "every_" + (refreshAfter == null ? 0 : refreshAfter.toSeconds()) + "s";
    };
  }
}
