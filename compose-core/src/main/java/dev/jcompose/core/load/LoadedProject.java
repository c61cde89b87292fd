package dev.jcompose.core.load;

import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.yaml.YamlMap;
import java.util.List;

/**
 * What loading gives.
 *
 * @param project the project
 * @param warnings what was noticed, in the order of the files
 * @param model the canonical model the project was made of, for printing; nobody changes it any
 *     more
 * @param interpolated whether variables are filled in; when not, only the model is of use
 */
public record LoadedProject(
    Project project, List<Warning> warnings, YamlMap model, boolean interpolated) {
  /** Copies the list. */
  public LoadedProject {
    warnings = List.copyOf(warnings);
  }
}
