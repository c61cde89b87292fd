package dev.jcompose.core.config;

import dev.jcompose.core.interpolate.Reference;
import dev.jcompose.core.interpolate.Template;
import dev.jcompose.core.interpolate.TemplateException;
import dev.jcompose.core.load.LoadRequest;
import dev.jcompose.core.load.LoadedProject;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.project.Project;
import dev.jcompose.core.project.Service;
import dev.jcompose.core.render.ConfigOutput;
import dev.jcompose.core.yaml.YamlList;
import dev.jcompose.core.yaml.YamlMap;
import dev.jcompose.core.yaml.YamlNode;
import dev.jcompose.core.yaml.YamlScalar;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers every question of the config command, a list for each of its flags. All lists are sorted.
 */
public final class ConfigReport {
  /**
   * What {@link #variables()} has to be loaded with: it looks for variables that are not filled in.
   */
  public static final Set<LoadRequest.Skip> FOR_VARIABLES = Set.of(LoadRequest.Skip.INTERPOLATION);

  private final LoadedProject loaded;
  private final Project project;

  /** Makes a report of a project. */
  public ConfigReport(LoadedProject loaded) {
    this.loaded = loaded;
    this.project = loaded.project();
  }

  /**
   * The whole model.
   *
   * @param format the language
   * @return text with a line feed at its end
   */
  public String model(ConfigOutput.Format format) {
    return ConfigOutput.print(loaded.model(), format, loaded.interpolated());
  }

  /**
   * The whole model with a digest in the name of each image.
   *
   * @param format the language
   * @param lookup asked once for each image
   * @param imagesOnly whether nothing else is in it, so that it can be laid over the files
   * @return text with a line feed at its end
   * @throws ComposeException with every image whose digest cannot be had
   */
  public String pinnedModel(ConfigOutput.Format format, DigestLookup lookup, boolean imagesOnly)
      throws ComposeException {
    YamlMap pinned = new PinnedImages(loaded.model()).pin(lookup);
    // The JSON of a whole service has "command": null, which would clear what it is laid over.
    return imagesOnly
        ? ConfigOutput.print(PinnedImages.only(pinned), format, false)
        : ConfigOutput.print(pinned, format, loaded.interpolated());
  }

  /** Names of the services. */
  public List<String> services() {
    return sorted(project.services().keySet());
  }

  /** Keys of the volumes. */
  public List<String> volumes() {
    return sorted(project.volumes().keySet());
  }

  /** Keys of the networks. */
  public List<String> networks() {
    return sorted(project.networks().keySet());
  }

  /** Keys of the models. */
  public List<String> models() {
    return sorted(project.models().keySet());
  }

  /** Profiles of all services, enabled or not. */
  public List<String> profiles() {
    Set<String> profiles = new TreeSet<>();
    for (Service service : project.services().values()) {
      profiles.addAll(service.profiles());
    }
    for (Service service : project.disabledServices().values()) {
      profiles.addAll(service.profiles());
    }
    return List.copyOf(profiles);
  }

  /** The same outside compatibility mode. */
  public List<String> images() {
    return images("-");
  }

  /**
   * The image of each service, those that are only built by the name the build gives them; one that
   * two services use is there twice.
   *
   * @param separator between the parts of such a name, "-" unless in compatibility mode
   */
  public List<String> images(String separator) {
    List<String> images = new ArrayList<>();
    for (Service service : project.services().values()) {
      if (service.provider() == null) {
        images.add(service.imageOrDefault(project.name(), separator));
      }
    }
    return sorted(images);
  }

  /**
   * Lines of a service with its hash.
   *
   * @param names services, separated by commas, or {@code *} for all
   * @throws ComposeException when there is no service by one of the names
   */
  public List<String> hashes(String names) throws ComposeException {
    List<String> wanted = names.equals("*") ? services() : List.of(names.split(",", -1));
    List<String> lines = new ArrayList<>(wanted.size());
    for (String name : sorted(wanted)) {
      Service service = project.services().get(name);
      if (service == null) {
        throw ComposeException.noServices(List.of(name), services());
      }
      lines.add(name + " " + service.configHash().hex());
    }
    return lines;
  }

  /** What interpolation saw, as {@code NAME=value}. */
  public List<String> environment() {
    List<String> lines = new ArrayList<>(project.environment().size());
    for (Map.Entry<String, String> entry : project.environment().entrySet()) {
      lines.add(entry.getKey() + "=" + entry.getValue());
    }
    lines.sort(null);
    return lines;
  }

  /**
   * Why values are what they are.
   *
   * @param path dotted path of a value or of what it is part of; empty for all
   * @throws ComposeException when there is nothing at the path
   */
  public List<Explanation> explain(String path) throws ComposeException {
    List<Explanation> explanations = new Explainer(loaded, path).explain();
    if (explanations.isEmpty() && !path.isEmpty()) {
      throw new ComposeException(
          new Problem(
              Location.NONE,
              "",
              "there is nothing at \"" + path + "\"",
              "write a path such as services.web.ports[0], or none for everything"));
    }
    return explanations;
  }

  /** The variables the model uses, of a project loaded with {@link #FOR_VARIABLES}. */
  public List<VariableUse> variables() {
    Map<String, VariableUse> uses = new TreeMap<>();
    collect(loaded.model(), uses);
    return List.copyOf(uses.values());
  }

  private static void collect(YamlNode node, Map<String, VariableUse> uses) {
    switch (node) {
      case YamlMap map -> {
        for (YamlMap.Entry entry : map) {
          collect(entry.value(), uses);
        }
      }
      case YamlList list -> {
        for (YamlNode item : list) {
          collect(item, uses);
        }
      }
      case YamlScalar scalar -> {
        if (scalar.value() instanceof String text && Template.isNeeded(text)) {
          try {
            Template.visit(text, reference -> add(uses, reference));
          } catch (TemplateException _) {
            // Loading with interpolation tells of it; here the other variables still count.
          }
        }
      }
    }
  }

  private static void add(Map<String, VariableUse> uses, Reference reference) {
    VariableUse use =
        new VariableUse(
            reference.name(),
            reference.isRequired(),
            reference.defaultValue(),
            reference.alternateValue());
    uses.merge(
        use.name(),
        use,
        (a, b) ->
            new VariableUse(
                a.name(),
                a.required() || b.required(),
                a.defaultValue().isEmpty() ? b.defaultValue() : a.defaultValue(),
                a.alternateValue().isEmpty() ? b.alternateValue() : a.alternateValue()));
  }

  private static List<String> sorted(Collection<String> names) {
    List<String> sorted = new ArrayList<>(names);
    sorted.sort(null);
    return sorted;
  }
}
