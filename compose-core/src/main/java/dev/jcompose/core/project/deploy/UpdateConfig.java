package dev.jcompose.core.project.deploy;

import java.time.Duration;

/**
 * How the containers of a service are replaced by new ones ({@code deploy.update_config}).
 *
 * @param parallelism how many at a time; 0 for all at once
 * @param settling how long new ones have to stay up before the next are replaced
 * @param startFirst whether a new one is up before the old one stops
 * @param onFailure what is done when a new one fails
 */
public record UpdateConfig(
    int parallelism, Duration settling, boolean startFirst, FailureAction onFailure) {

  /** What is done when a new container fails. */
  public enum FailureAction {
    /** The rest stays as it was. */
    PAUSE,
    /** The rest is replaced, too. */
    CONTINUE,
    /** All old ones are brought back. */
    ROLLBACK,
    /** What nobody knows; it does as {@link #PAUSE}, and the user is told. */
    UNKNOWN
  }

  /** Whether the rest is replaced although a new one failed. */
  public boolean goesOn() {
    return onFailure == FailureAction.CONTINUE;
  }

  /** Whether old ones are kept until all new ones are well, to be brought back if one is not. */
  public boolean rollsBack() {
    return onFailure == FailureAction.ROLLBACK;
  }
}
