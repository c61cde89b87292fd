package dev.jcompose.core.project.process;

import org.jspecify.annotations.Nullable;

/**
 * What the engine does when a container ends by itself. The text form is that of {@code restart:}.
 *
 * @param kind when to start again
 * @param maxAttempts for {@code on-failure}: how often at most; 0 for no bound
 */
public record RestartPolicy(Kind kind, int maxAttempts) {
  /** Never start again. */
  public static final RestartPolicy NO = new RestartPolicy(Kind.NO, 0);

  /** When a container is started again. */
  public enum Kind {
    /** Never. */
    NO("no"),
    /** Whenever it ends. */
    ALWAYS("always"),
    /** When it ends with another code than 0. */
    ON_FAILURE("on-failure"),
    /** Whenever it ends, unless the user stopped it. */
    UNLESS_STOPPED("unless-stopped");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As a Compose file writes it. */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Reads {@code no}, {@code always}, {@code unless-stopped}, {@code on-failure[:N]}; null when it
   * is none of them.
   */
  public static @Nullable RestartPolicy parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    for (Kind kind : Kind.values()) {
      if (kind.text.equals(name)) {
        if (colon < 0) {
          return new RestartPolicy(kind, 0);
        }
        return kind == Kind.ON_FAILURE ? bounded(text.substring(colon + 1)) : null;
      }
    }
    return null;
  }

  private static @Nullable RestartPolicy bounded(String attempts) {
    try {
      int bound = Integer.parseInt(attempts);
      return bound < 0 ? null : new RestartPolicy(Kind.ON_FAILURE, bound);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /** The inverse of {@link #parse}. */
  @Override
  public String toString() {
    return maxAttempts > 0 ? kind + ":" + maxAttempts : kind.toString();
  }
}
