package dev.jcompose.core.load;

import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.yaml.YamlMap;
import java.util.List;
import java.util.Map;

/**
 * What loading gives.
 *
 * @param project the project
 * @param warnings what was noticed, in the order of the files
 * @param model the canonical model the project was made of, for printing; nobody changes it any
 *     more
 * @param variableSources where the variables of env files stand, by name; all others come from the
 *     process environment
 * @param interpolated whether variables are filled in; when not, only the model is of use
 */
public record LoadedProject(
    Project project,
    List<Warning> warnings,
    YamlMap model,
    Map<String, String> variableSources,
    boolean interpolated) {
  /** Copies the collections. */
  public LoadedProject {
    warnings = List.copyOf(warnings);
    variableSources = Map.copyOf(variableSources);
  }
}
