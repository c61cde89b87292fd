package dev.jcompose.core.load;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;

/** Loads a project: the front door of the whole model. */
public final class ProjectLoader {
  private ProjectLoader() {}

  /**
   * Finds, reads and merges the files of a request and makes a project of them.
   *
   * @throws ComposeException with every problem found, when the input cannot be used
   */
  public static LoadedProject load(LoadRequest request) throws ComposeException {
    ComposeException missing =
        new ComposeException(
            new Problem(
                Location.NONE,
                "",
                "loading of " + request.files() + " is not there yet in this build",
                "update to a newer build"));
    throw missing;
  }
}
