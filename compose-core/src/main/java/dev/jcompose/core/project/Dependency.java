package dev.jcompose.core.project;

/**
 * What a service waits for before it starts.
 *
 * @param condition what has to be true of the other service
 * @param restart whether an explicit restart or re-creation of the other service restarts this one
 * @param required whether a missing or failed dependency is an error rather than a warning
 */
public record Dependency(Condition condition, boolean restart, boolean required) {
  /** What has to be true of the service depended on. */
  public enum Condition {
    /** Its containers were started. */
    SERVICE_STARTED("service_started"),
    /** Its health check passes. */
    SERVICE_HEALTHY("service_healthy"),
    /** It exited with code 0. */
    SERVICE_COMPLETED_SUCCESSFULLY("service_completed_successfully");

    private final String text;

    Condition(String text) {
      this.text = text;
    }

    /**
     * The condition that a Compose file writes so, or {@code service_started} for anything else.
     */
    public static Condition of(String text) {
      for (Condition condition : values()) {
        if (condition.text.equals(text)) {
          return condition;
        }
      }
      return SERVICE_STARTED;
    }

    /** As a Compose file writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
