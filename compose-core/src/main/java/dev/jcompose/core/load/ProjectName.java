package dev.jcompose.core.load;

import dev.jcompose.core.interpolate.Template;
import dev.jcompose.core.interpolate.TemplateException;
import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.Origin;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlScalar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the project is called: by option, variable, file, directory, in this order. */
public final class ProjectName {
  private ProjectName() {}

  /** The name, with what made it. */
  static YamlScalar find(
      @Nullable String option,
      Variables variables,
      List<YamlDocument> documents,
      Path directory,
      Problems problems)
      throws ComposeException {
    if (option != null && !option.isEmpty()) {
      return YamlScalar.of(valid(option, "the project name given with -p"), Origin.made("-p"));
    }
    String variable = variables.get("COMPOSE_PROJECT_NAME", "");
    if (!variable.isEmpty()) {
      return YamlScalar.of(
          valid(variable, "COMPOSE_PROJECT_NAME"),
          Origin.made(variables.scope().explain("COMPOSE_PROJECT_NAME")));
    }
    String name = "";
    String written = "";
    YamlScalar last = null;
    for (YamlDocument document : documents) {
      // An empty name says nothing, and takes none away.
      if (document.root().get("name") instanceof YamlScalar scalar
          && scalar.isString()
          && !scalar.string().isEmpty()) {
        last = scalar;
        written = scalar.string();
        name = fill(scalar, variables);
      }
    }
    if (last != null && !written.isEmpty()) {
      String normal = normalize(name);
      if (normal.isEmpty()) {
        throw new ComposeException(
            new Problem(
                last.location(),
                "name",
                "\""
                    + written
                    + (written.equals(name) ? "\"" : "\" becomes \"" + name + "\", which")
                    + " has no letter or digit to make a project name of",
                "use lower-case letters and digits"));
      }
      return YamlScalar.of(
          normal, Template.isNeeded(written) ? last.origin().filledFrom(written) : last.origin());
    }
    Path end = directory.getFileName();
    String normal = end == null ? "" : normalize(end.toString());
    if (normal.isEmpty()) {
      throw new ComposeException(
          new Problem(
              Location.NONE,
              "name",
              "the directory " + directory + " gives no project name",
              "add \"name:\" to the Compose file or use -p"));
    }
    warnOfLink(directory, normal, problems);
    return YamlScalar.of(normal, Origin.made("the name of the directory"));
  }

  /** The same directory reached another way would be another project. */
  private static void warnOfLink(Path directory, String name, Problems problems) {
    try {
      Path real = directory.toRealPath();
      Path last = real.getFileName();
      if (last != null && !normalize(last.toString()).equals(name)) {
        problems.warn(
            Location.NONE,
            "name",
            "the project is called "
                + name
                + " after a symbolic link to "
                + real
                + "; add \"name:\" to the Compose file to have the same name by every way there");
      }
    } catch (IOException _) {
      // What is not there is no link.
    }
  }

  private static String fill(YamlScalar scalar, Variables variables) throws ComposeException {
    try {
      return new Template(variables, _ -> {}, new Growth()).fill(scalar.string());
    } catch (TemplateException e) {
      throw new ComposeException(
          new Problem(scalar.location(), "name", String.valueOf(e.getMessage()), e.nextMove()));
    }
  }

  static String normalize(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = Character.toLowerCase(text.charAt(i));
      boolean letterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (letterOrDigit || ((c == '_' || c == '-') && !name.isEmpty())) {
        name.append(c);
      }
    }
    return name.toString();
  }

  /**
   * Checks a name that must be right as it is written.
   *
   * @param what where it comes from, the beginning of a sentence
   * @return the name
   * @throws ComposeException when it is not a project name
   */
  public static String valid(String name, String what) throws ComposeException {
    String normal = normalize(name);
    if (!normal.equals(name)) {
      throw new ComposeException(
          new Problem(
              Location.NONE,
              "",
              what
                  + " is \""
                  + name
                  + "\"; a name has lower-case letters, digits, dashes and underscores and starts"
                  + " with a letter or digit",
              normal.isEmpty() ? "choose another" : "use \"" + normal + "\""));
    }
    return name;
  }
}
