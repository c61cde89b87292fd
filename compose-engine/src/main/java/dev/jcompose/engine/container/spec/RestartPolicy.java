package dev.jcompose.engine.container.spec;

import dev.jcompose.engine.EngineException;

/**
 * What happens when a container's process ends.
 *
 * @param maximumRetries only with {@link Name#ON_FAILURE}; 0: no bound
 */
public record RestartPolicy(Name name, int maximumRetries) {
  public static final RestartPolicy NO = new RestartPolicy(Name.NO, 0);

  /** The kinds of policy. */
  public enum Name {
    NO("no"),
    ALWAYS("always"),
    UNLESS_STOPPED("unless-stopped"),
    ON_FAILURE("on-failure");

    private final String text;

    Name(String text) {
      this.text = text;
    }

    /** The name on the wire. */
    public String text() {
      return text;
    }
  }

  /**
   * The policy a client named.
   *
   * @throws EngineException.InvalidRequest when there is no such policy, or a retry count does not
   *     go with it
   */
  public static RestartPolicy of(String name, int maximumRetries) {
    if (name.isEmpty()) {
      return NO;
    }
    for (Name candidate : Name.values()) {
      if (candidate.text.equals(name)) {
        if (maximumRetries != 0 && candidate != Name.ON_FAILURE) {
          throw new EngineException.InvalidRequest(
              "maximum retry count cannot be used with restart policy '" + name + "'");
        }
        if (maximumRetries < 0) {
          throw new EngineException.InvalidRequest("maximum retry count cannot be negative");
        }
        return new RestartPolicy(candidate, maximumRetries);
      }
    }
    throw new EngineException.InvalidRequest(
        "'"
            + name
            + "' is not a restart policy; use no, always, unless-stopped or on-failure[:max]");
  }
}
