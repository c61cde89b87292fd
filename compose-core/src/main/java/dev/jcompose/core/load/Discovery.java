package dev.jcompose.core.load;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Compose files, the project directory and the env files, in the one order that makes
 * sense of them: the variables that name files may themselves stand in an env file.
 *
 * @param files Compose files; {@link #STANDARD_INPUT} for standard input
 * @param directory the project directory
 * @param variables the project environment
 * @param envFiles the env files that were named, not the default one
 */
record Discovery(List<Path> files, Path directory, Variables variables, List<Path> envFiles) {
  /** Stands for standard input among the files. */
  static final Path STANDARD_INPUT = Path.of("-");

  private static final String[] NAMES = {
    "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"
  };
  private static final String[] OVERRIDES = {
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml"
  };

  static Discovery run(Session session) throws ComposeException {
    LoadRequest request = session.request();
    Variables variables = Variables.of(request.environment());
    Path given = given(session);
    Path start = start(session);
    List<Path> envFiles = namedEnvFiles(session, variables);
    boolean defaults = envFiles.isEmpty() && !variables.isTrue("COMPOSE_DISABLE_ENV_FILE");
    variables.read(session, NamedFile.outside(envFiles));
    if (defaults) {
      readDefault(session, variables, start);
    }
    List<Path> files = namedFiles(session, variables);
    if (files.isEmpty()) {
      files = search(session, start);
    }
    Path directory = given != null ? given : directoryOf(session, files.getFirst());
    if (defaults && !directory.equals(start)) {
      readDefault(session, variables, directory);
    }
    return new Discovery(files, directory, variables, envFiles);
  }

  private static @Nullable Path given(Session session) {
    String option = session.request().projectDirectory();
    return option == null ? null : session.fromCurrentDirectory(option);
  }

  /** Where things are looked for first: the project directory as far as options tell. */
  static Path start(Session session) {
    Path given = given(session);
    if (given != null) {
      return given;
    }
    List<String> files = session.request().files();
    if (files.isEmpty() || files.getFirst().contains("://")) {
      return session.request().currentDirectory();
    }
    return directoryOf(session, local(session, files.getFirst()));
  }

  private static Path directoryOf(Session session, Path file) {
    Path parent = file.equals(STANDARD_INPUT) ? null : file.getParent();
    return parent == null ? session.request().currentDirectory() : parent;
  }

  private static Path path(Session session, String name) throws ComposeException {
    Path fetched = session.remote(name, Location.NONE, "");
    return fetched == null ? local(session, name) : fetched;
  }

  private static Path local(Session session, String name) {
    return name.equals("-") ? STANDARD_INPUT : session.fromCurrentDirectory(name);
  }

  static List<Path> namedEnvFiles(Session session, Variables variables) {
    List<String> names = session.request().envFiles();
    if (names.isEmpty()) {
      names = split(variables.get("COMPOSE_ENV_FILES", ""), ",");
    }
    List<Path> files = new ArrayList<>(names.size());
    for (String name : names) {
      files.add(session.fromCurrentDirectory(name));
    }
    return files;
  }

  private static List<Path> namedFiles(Session session, Variables variables)
      throws ComposeException {
    List<String> names = session.request().files();
    if (names.isEmpty()) {
      names =
          split(variables.get("COMPOSE_FILE", ""), variables.get("COMPOSE_PATH_SEPARATOR", ":"));
    }
    List<Path> files = new ArrayList<>(names.size());
    for (String name : names) {
      files.add(path(session, name));
    }
    return files;
  }

  static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (!text.isEmpty() && start <= text.length()) {
      int end = separator.isEmpty() ? -1 : text.indexOf(separator, start);
      String part = (end < 0 ? text.substring(start) : text.substring(start, end)).strip();
      if (!part.isEmpty()) {
        parts.add(part);
      }
      if (end < 0) {
        break;
      }
      start = end + separator.length();
    }
    return parts;
  }

  private static void readDefault(Session session, Variables variables, Path directory)
      throws ComposeException {
    Path file = directory.resolve(".env");
    if (Files.isRegularFile(file)) {
      variables.read(session, List.of(NamedFile.outside(file)));
    }
  }

  private static List<Path> search(Session session, Path start) throws ComposeException {
    for (Path directory = start; directory != null; directory = directory.getParent()) {
      Path file = first(session, directory, NAMES);
      if (file != null) {
        Path override = first(session, directory, OVERRIDES);
        return override == null ? List.of(file) : List.of(file, override);
      }
    }
    throw new ComposeException(
        new Problem(
            Location.NONE,
            "",
            "there is no compose.yaml in " + start + " or in a directory above it",
            "create one, or name one with -f"));
  }

  private static @Nullable Path first(Session session, Path directory, String[] names) {
    Path found = null;
    for (String name : names) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        if (found == null) {
          found = file;
        } else {
          session
              .problems()
              .warn(
                  new Location(session.display(file), 0, 0),
                  "",
                  "not read, because " + session.display(found) + " is there too");
        }
      }
    }
    return found;
  }
}
