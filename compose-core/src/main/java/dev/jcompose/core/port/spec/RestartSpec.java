package dev.jcompose.core.port.spec;

/**
 * What the engine does when the process exits.
 *
 * @param policy "no", "always", "on-failure" or "unless-stopped"
 * @param maximumRetries for "on-failure"; 0 for no bound
 */
public record RestartSpec(String policy, int maximumRetries) {
  public static final RestartSpec NO = new RestartSpec("no", 0);
}
