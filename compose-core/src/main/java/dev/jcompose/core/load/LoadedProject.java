package dev.jcompose.core.load;

import dev.jcompose.core.problem.Warning;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.yaml.YamlMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What loading gives.
 *
 * @param project the project
 * @param warnings what was noticed, in the order of the files
 * @param model the canonical model the project was made of, for printing; nobody changes it any
 *     more
 * @param variables what the values of the project's own files were filled in from
 * @param included the same for files that are included, by the name of the file
 * @param sources the files that were read, with the default env file although it may not be there
 * @param interpolated whether variables are filled in; when not, only the model is of use
 */
public record LoadedProject(
    Project project,
    List<Warning> warnings,
    YamlMap model,
    VariableScope variables,
    Map<String, VariableScope> included,
    Set<Path> sources,
    boolean interpolated) {
  /** Copies the collections. */
  public LoadedProject {
    warnings = List.copyOf(warnings);
    included = Map.copyOf(included);
    sources = Set.copyOf(sources);
  }

  /** What the values of a file, named as the user would, were filled in from. */
  public VariableScope variablesOf(String file) {
    return included.getOrDefault(file, variables);
  }
}
