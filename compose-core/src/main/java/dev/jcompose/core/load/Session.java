package dev.jcompose.core.load;

import dev.jcompose.core.problem.ComposeException;
import dev.jcompose.core.problem.Location;
import dev.jcompose.core.problem.Problem;
import dev.jcompose.core.problem.Problems;
import dev.jcompose.core.yaml.Growth;
import dev.jcompose.core.yaml.YamlDocument;
import dev.jcompose.core.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One load: what was asked for, what was noticed so far, and the only place that reads files. */
final class Session {
  private static final int MOST_BYTES = 16 << 20;
  private static final int MOST_FILES = 5_000;
  private static final long MOST_BYTES_TOGETHER = 256L << 20;
  private static final String REGISTRY = "oci://";
  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private final LoadRequest request;
  private final Problems problems = new Problems();
  private final Map<String, VariableScope> included = new HashMap<>();
  private final Growth growth = new Growth();
  private final Map<String, Path> fetched = new HashMap<>();
  private final Set<Path> sources = new HashSet<>();
  private Path projectDirectory;
  private int files;
  private long bytesRead;

  Session(LoadRequest request) {
    this.request = request;
    this.projectDirectory = request.currentDirectory();
  }

  LoadRequest request() {
    return request;
  }

  Problems problems() {
    return problems;
  }

  Growth growth() {
    return growth;
  }

  /** The directory of the whole project; the current one until it is known. */
  Path projectDirectory() {
    return projectDirectory;
  }

  void setProjectDirectory(Path directory) {
    projectDirectory = directory;
  }

  boolean does(LoadRequest.Skip phase) {
    return !request.skips().contains(phase);
  }

  /** What the values of included files were filled in from, by the name of the file. */
  Map<String, VariableScope> included() {
    return included;
  }

  /** The files that were read so far. */
  Set<Path> sources() {
    return sources;
  }

  /** A file as the user would name it. */
  String display(Path file) {
    return file.startsWith(request.currentDirectory())
        ? request.currentDirectory().relativize(file).toString()
        : file.toString();
  }

  /** An absolute path from what an option names. */
  Path fromCurrentDirectory(String name) {
    return request.currentDirectory().resolve(name).normalize();
  }

  /**
   * The file here of a name that stands for one elsewhere; null when it is an ordinary path.
   *
   * @param at where it is named
   */
  @Nullable Path remote(String name, Location at, String attribute) throws ComposeException {
    if (name.startsWith(REGISTRY)) {
      Path known = fetched.get(name);
      if (known == null) {
        try {
          known = request.remote().fetch(name.substring(REGISTRY.length()));
        } catch (IOException e) {
          throw new ComposeException(
              new Problem(
                  at,
                  attribute,
                  "\"" + name + "\" cannot be fetched: " + e.getMessage(),
                  "correct the name, or download the file and name it"));
        }
        fetched.put(name, known);
      }
      return known;
    }
    if (name.contains("://") || name.startsWith("git@") || name.startsWith("github.com/")) {
      throw new ComposeException(
          new Problem(
              at,
              attribute,
              "\"" + name + "\": files from Git repositories and web servers are not supported yet",
              "download the file and name it"));
    }
    return null;
  }

  /** The documents of a Compose file. */
  List<YamlDocument> documents(NamedFile file) throws ComposeException {
    return YamlReader.read(display(file.path()), text(file, "a Compose file"), problems);
  }

  /** The text of a file that must be there. */
  String text(NamedFile named, String what) throws ComposeException {
    Path file = named.path();
    sources.add(file.toAbsolutePath().normalize());
    // The user may name a pipe on the command line; a file that names a device would make us read
    // for ever.
    boolean device = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    if (device && named.isNamedInside() && !file.equals(NULL_DEVICE)) {
      throw failure(named, "is not a regular file", "name a regular file", what);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw failure(named, "has more than 16 MiB", "make it smaller", what);
      }
      bytesRead += bytes.length;
      if (++files > MOST_FILES || bytesRead > MOST_BYTES_TOGETHER) {
        throw failure(
            named,
            "is one more after "
                + MOST_FILES
                + " files or 256 MiB were read, each counted as often as it is named",
            "name fewer",
            what);
      }
      // What is no UTF-8 becomes a replacement character, which the YAML reader then points at.
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      throw failure(named, "is not there", "create it or correct the name", what);
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "is a directory" : "cannot be read (" + e + ")";
      throw failure(named, reason, "name a file that you may read", what);
    }
  }

  private ComposeException failure(NamedFile file, String reason, String nextMove, String what) {
    return new ComposeException(
        new Problem(
            file.location(),
            file.attribute(),
            "\"" + display(file.path()) + "\", " + what + ", " + reason,
            nextMove));
  }
}
