package dev.jcompose.core.load;

import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.project.Project;
import java.util.List;

/**
 * What loading gives.
 *
 * @param project the project
 * @param warnings what was noticed, in the order of the files
 */
public record LoadedProject(Project project, List<Warning> warnings) {
  /** Copies the list. */
  public LoadedProject {
    warnings = List.copyOf(warnings);
  }
}
